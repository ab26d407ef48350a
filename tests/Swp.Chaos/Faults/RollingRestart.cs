namespace Swp.Chaos.Faults;

/// <summary>Every member in turn is stopped (SIGTERM) and started again.</summary>
internal sealed class RollingRestart : IFault
{
    public string Name => "rolling-restart";

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(80);

    public async Task RunAsync(FaultRun run)
    {
        var members = run.Cluster.Members.ToArray();
        run.Random.Shuffle(members);
        run.Graceful = true;
        run.Begin("every member", run.Clients.All.Select(client => client.Id));
        foreach (var member in members)
        {
            await MemberStop.StopAsync(run, member, await run.ClientsOfAsync(member));
        }
    }
}
