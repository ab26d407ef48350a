using System.Net;
using Swp.Bench.Reports.Vocabulary;
using Swp.Testing.Processes;

namespace Swp.Bench.Contenders;

/// <summary>Swp in one process, with its storage in it.</summary>
internal sealed class StandaloneContender : IContender
{
    public string Name => ContenderNames.SwpStandalone;

    public string? WhyAbsent => null;

    public async Task StartAsync(Topology topology, CancellationToken cancellationToken)
    {
        topology.Dialect = "swp";
        var process = SwpProcess.Standalone();
        await topology.StartAsync(process);

        topology.Servers = [IPEndPoint.Parse(process.Clients.Authority)];
        topology.Entry = process.Operations.Address;
    }
}
