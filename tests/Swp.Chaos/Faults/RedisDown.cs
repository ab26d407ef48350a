namespace Swp.Chaos.Faults;

/// <summary>Redis is killed and comes back with its data. It is no excuse: connected clients are called as ever, and new ones connect.</summary>
internal sealed class RedisDown : IFault
{
    private const int NewClients = 10;

    public string Name => "redis-down";

    public TimeSpan Takes(FaultLengths lengths) => lengths.RedisDown + TimeSpan.FromSeconds(3);

    public async Task RunAsync(FaultRun run)
    {
        run.Begin("redis", run.Clients.All.Select(client => client.Id), disturbs: false);
        await run.Cluster.Redis.KillAsync();
        run.Probe(run.Clients.All.Select(client => client.Id));
        await using var newcomers = new Newcomers(run);
        await newcomers.ComeAsync(NewClients);
        run.Probe(newcomers.All.Select(client => client.Id));
        await run.PassAsync(run.Lengths.RedisDown);
        await run.Cluster.Redis.RestartAsync();
        await run.ProbesAsync();
    }
}
