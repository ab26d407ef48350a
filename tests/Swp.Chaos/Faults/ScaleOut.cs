namespace Swp.Chaos.Faults;

/// <summary>A third owner and a third gateway join, are used at once, disturb nobody, and leave again.</summary>
internal sealed class ScaleOut : IFault
{
    private const int NewClients = 40;

    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(5);

    public string Name => "scale-out";

    public int Joins => 1;

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(35);

    public async Task RunAsync(FaultRun run)
    {
        run.Begin("a third owner and a third gateway", [], disturbs: false);
        var joined = await Task.WhenAll(run.Cluster.AddOwnerAsync(), run.Cluster.AddGatewayAsync());
        var (owner, gateway) = (joined[0], joined[1]);
        run.Say($"{owner.Name} and {gateway.Name} have joined");
        await using var newcomers = new Newcomers(run);
        await newcomers.ComeAsync(NewClients / 2);
        await newcomers.ComeAsync(NewClients / 2, only: gateway.Name);
        string[] ids = [.. newcomers.All.Select(client => client.Id)];
        run.Probe(ids);
        await run.ProbesAsync();
        await CheckShareAsync(run, owner.Name, ids);
        await run.PassAsync(Stay);

        // What follows is a drain and a stop as any.
        run.Graceful = true;
        run.Affect(ids);
        run.DisturbsFrom = run.Log.Now;
        run.Cluster.Forget(gateway);
        await run.Cluster.LeaveAsync(gateway);
        await run.Cluster.LeaveAsync(owner);
    }

    private static async Task CheckShareAsync(FaultRun run, string owner, string[] ids)
    {
        var owners = await Ownership.ReadAsync(run, ids);
        if (owners.Values.All(name => name is null))
        {
            return;
        }

        var share = owners.Values.Count(name => name == owner);
        run.Note($"{owner} got {share} of {ids.Length} new clients");
        if (share == 0)
        {
            run.Fail($"{owner} got none of {ids.Length} new clients");
        }
    }
}
