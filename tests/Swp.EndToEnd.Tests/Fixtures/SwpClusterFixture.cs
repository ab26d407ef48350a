using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>Two owners and two gateways on a real Redis. A test may end any of them; the next one finds all of them running again.</summary>
public sealed class SwpClusterFixture : IAsyncLifetime
{
    private SwpCluster? _cluster;

    public SwpCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await SwpCluster.StartAsync(
        silos: 2,
        gateways: 2,
        ("Swp:ClusterId", "e2e"),
        ("Swp:ServiceId", "e2e-service"));

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            // Gateways first, as an operator does.
            Assert.All(await Task.WhenAll(cluster.Gateways.Select(gateway => gateway.StopAsync())), code => Assert.Equal(0, code));
            Assert.All(await Task.WhenAll(cluster.Silos.Select(silo => silo.StopAsync())), code => Assert.Equal(0, code));
            Assert.Empty(cluster.Members.SelectMany(member => member.Log.TakeErrors()));
            await cluster.DisposeAsync();
        }
    }
}
