using Swp.Bench.Reports.Vocabulary;
using Swp.Testing.Processes;

namespace Swp.Bench.Contenders;

/// <summary>A bare WebSocket echo: what the framework that Swp and SignalR stand on costs by itself.</summary>
internal sealed class KestrelContender : IContender
{
    public string Name => ContenderNames.Kestrel;

    public string? WhyAbsent => null;

    public async Task StartAsync(Topology topology, CancellationToken cancellationToken)
    {
        topology.Dialect = "echo";
        var node = await NodeProcess.StartAsync(topology, Name, port => ["dotnet", BuiltProgram.Find("Swp.Bench.Kestrel"), "--port", $"{port}"], cancellationToken);
        topology.Servers = [node.EndPoint];
    }
}
