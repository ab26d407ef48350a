using Swp.Testing.Storage;

namespace Swp.Bench.Contenders;

/// <summary>A peer of one program: one node, or two with Redis between them. Clients connect to the second one, callers are in the first.</summary>
internal abstract class PeerContender(string name, bool backplane) : IContender
{
    public string Name => name;

    public abstract string? WhyAbsent { get; }

    /// <summary>How its clients speak.</summary>
    protected abstract string Dialect { get; }

    public async Task StartAsync(Topology topology, CancellationToken cancellationToken)
    {
        topology.Dialect = Dialect;
        if (!backplane)
        {
            var only = await NodeProcess.StartAsync(topology, Name, port => Command(port, null), cancellationToken);
            topology.Servers = [only.EndPoint];
            topology.Control = topology.Entry = only.Url;
            topology.Victim = only.Id;
            return;
        }

        var redis = await RedisProcess.StartAsync();
        topology.Own(redis, redis.Id);
        var callers = await NodeProcess.StartAsync(topology, $"{Name} 1", port => Command(port, redis.ConnectionString), cancellationToken);
        var clients = await NodeProcess.StartAsync(topology, $"{Name} 2", port => Command(port, redis.ConnectionString), cancellationToken);
        topology.Servers = [clients.EndPoint];
        topology.Refuge = [callers.EndPoint];
        topology.Control = topology.Entry = callers.Url;
        topology.Victim = clients.Id;
    }

    /// <summary>What starts a node.</summary>
    protected abstract IEnumerable<string> Command(int port, string? redis);
}
