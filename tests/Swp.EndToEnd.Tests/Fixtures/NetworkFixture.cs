using Swp.Testing.Networks;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>Two owners and two gateways, each in a network namespace of its own, on a real Redis.</summary>
public sealed class NetworkFixture : IAsyncLifetime
{
    private const int Silos = 2;
    private const int Gateways = 2;

    /// <summary>A second less than the default: these tests wait for three times as long.</summary>
    public static readonly TimeSpan PeerTimeout = TimeSpan.FromSeconds(4);

    private NamespaceNetwork? _network;
    private SwpCluster? _cluster;

    public NamespaceNetwork Network => _network!;

    public SwpCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync()
    {
        _network = await NamespaceNetwork.StartAsync(SwpCluster.NamesOf(Silos, Gateways));
        _cluster = await SwpCluster.StartAsync(Silos, Gateways, _network, ("Swp:PeerTimeout", PeerTimeout.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync();
        }

        if (_network is { } network)
        {
            await network.DisposeAsync();
        }
    }
}
