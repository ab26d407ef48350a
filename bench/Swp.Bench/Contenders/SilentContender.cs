using Swp.Bench.Reports.Vocabulary;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Bench.Contenders;

/// <summary>One owner and Redis, and a gateway that attaches clients it has no sockets of.</summary>
internal sealed class SilentContender : IContender
{
    public string Name => ContenderNames.SwpSplit;

    public string? Variant => null;

    public string? WhyAbsent => null;

    public async Task StartAsync(Topology topology, CancellationToken cancellationToken)
    {
        topology.Dialect = "swp";
        var redis = await RedisProcess.StartAsync(durable: true, synchronised: "everysec");
        topology.Own(redis, redis.Id);
        await topology.StartAsync(SwpProcess.Silo("silo1", redis.ConnectionString));
        await topology.StartAsync(SwpProcess.Silo("silo2", redis.ConnectionString));
        var node = await NodeProcess.StartAsync(topology, "crowd", port => SplitContender.Node(CallerPosition.Gateway, port, redis.ConnectionString), cancellationToken);
        topology.Control = node.Url;
    }
}
