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

    public async Task<Topology> StartAsync(CancellationToken cancellationToken)
    {
        var topology = new Topology { Dialect = "swp" };
        try
        {
            var redis = await RedisProcess.StartAsync();
            await topology.StartAsync(SwpProcess.Silo("silo1", redis.ConnectionString));
            await topology.StartAsync(SwpProcess.Silo("silo2", redis.ConnectionString));
            topology.Own(redis, redis.Id);
            var node = await NodeProcess.StartAsync(topology, "crowd", port => SplitContender.Node(CallerPosition.Gateway, port, redis.ConnectionString), cancellationToken);
            topology.Control = node.Url;
            return topology;
        }
        catch
        {
            await topology.DisposeAsync();
            throw;
        }
    }
}
