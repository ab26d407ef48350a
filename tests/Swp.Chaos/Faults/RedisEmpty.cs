namespace Swp.Chaos.Faults;

/// <summary>Redis is killed and comes back without its data. Every member stops itself, and its supervisor starts it again.</summary>
internal sealed class RedisEmpty : IFault
{
    /// <summary>A member that has not stopped itself by then will not.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);

    public string Name => "redis-empty";

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(35);

    public async Task RunAsync(FaultRun run)
    {
        var members = run.Cluster.Members.ToArray();
        foreach (var member in members)
        {
            member.ExpectEnd();
        }

        var all = run.Clients.All.Select(client => client.Id).ToArray();
        run.EndsCalls = true;
        run.Begin("redis", all);
        var from = run.Log.Now;
        await run.Cluster.Redis.RestartEmptyAsync();
        var back = run.Log.Now;
        run.ProbeWhenClosed(all);
        await Task.WhenAll(members.Select(async member =>
        {
            if (await Task.WhenAny(member.Ended, run.PassAsync(StopsWithin)) == member.Ended)
            {
                var code = run.Log.MemberEnds.Last(end => end.Member == member.Name).ExitCode;
                run.Note($"{member.Name} stopped itself with code {code} {(run.Log.Now - back).TotalSeconds:0.0} s after Redis was back");
                if (code == 0)
                {
                    run.Fail($"{member.Name} has stopped as if nothing was wrong");
                }
            }
            else
            {
                run.Fail($"{member.Name} runs on {StopsWithin.TotalSeconds:0} s after Redis came back without it");
                await member.Process.KillAsync();
            }

            await member.Ready;
            run.Outage(member, from);
        }));
    }
}
