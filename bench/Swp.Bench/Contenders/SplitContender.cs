using System.Net;
using Swp.Bench.Reports.Vocabulary;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Bench.Contenders;

/// <summary>
/// Swp as it is deployed: two owners, two gateways, Redis. Clients connect to the second gateway. With callers inside, one member is the bench's own
/// build of the same parts.
/// </summary>
internal sealed class SplitContender(CallerPosition callers) : IContender
{
    public string Name => ContenderNames.SwpSplit;

    public string? Variant => callers switch
    {
        CallerPosition.Owner => Variants.Owner,
        CallerPosition.Gateway => Variants.OtherGateway,
        CallerPosition.Backend => Variants.Backend,
        _ => null,
    };

    public string? WhyAbsent => null;

    public async Task StartAsync(Topology topology, CancellationToken cancellationToken)
    {
        topology.Dialect = "swp";
        var redis = await RedisProcess.StartAsync(durable: true, synchronised: "everysec");
        topology.Own(redis, redis.Id);
        await topology.StartAsync(SwpProcess.Silo("silo1", redis.ConnectionString));
        if (callers != CallerPosition.Owner)
        {
            await topology.StartAsync(SwpProcess.Silo("silo2", redis.ConnectionString));
        }

        if (callers != CallerPosition.Gateway)
        {
            var other = await topology.StartAsync(SwpProcess.Gateway("gateway1", redis.ConnectionString));
            topology.Refuge = [IPEndPoint.Parse(other.Clients.Authority)];
            topology.Entry = other.Operations.Address;
        }

        var clients = await topology.StartAsync(SwpProcess.Gateway("gateway2", redis.ConnectionString));
        topology.Servers = [IPEndPoint.Parse(clients.Clients.Authority)];
        topology.Victim = clients.Id;
        if (callers != CallerPosition.None)
        {
            var node = await NodeProcess.StartAsync(topology, Name, port => Node(callers, port, redis.ConnectionString), cancellationToken);
            topology.Control = node.Url;
        }
    }

    /// <summary>What starts the bench's own build of a member.</summary>
    public static IEnumerable<string> Node(CallerPosition callers, int port, string redis) =>
    [
        "dotnet", BuiltProgram.Find($"Swp.Bench.{callers}"),
        $"--Bench:Control=http://127.0.0.1:{port}",
        $"--Swp:Redis={redis}",
        "--Swp:Name=caller",
        $"--Swp:SiloPort={FreePort.Take()}",
        $"--Swp:ClientGatewayPort={FreePort.Take()}",
        $"--Swp:Listen:Clients=http://127.0.0.1:{FreePort.Take()}",
        $"--Swp:Listen:Operations=http://127.0.0.1:{FreePort.Take()}",
    ];
}
