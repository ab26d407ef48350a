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
        if (_cluster is not { } cluster)
        {
            return;
        }

        try
        {
            // Gateways first, as an operator does. The last test may have ended one of them in its own way.
            await StopAsync(cluster.Gateways);
            await StopAsync(cluster.Silos);
            Assert.DoesNotContain(cluster.Members.SelectMany(member => member.Log.TakeErrors()), error => !SplitTest.IsOfTheRuntime(error));
        }
        finally
        {
            await cluster.DisposeAsync();
        }
    }

    private static async Task StopAsync(IEnumerable<SwpProcess> members) =>
        Assert.All(await Task.WhenAll(members.Where(member => member.IsRunning).Select(member => member.StopAsync())), code => Assert.Equal(0, code));
}
