using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Calls;

/// <summary>Whoever tries ids at random must not fill the memory of an owner.</summary>
public sealed class StrangerTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    [Fact]
    public async Task Call_IdThatNeverConnected_LeavesNothingInMemory()
    {
        var client = cluster.Clients.Get(TestService.Type, "nobody");
        Assert.Equal(CallOutcome.UnknownClient, (await client.RequestAsync(1).DefaultTimeout()).Outcome);
        Assert.False((await client.GetStatusAsync().DefaultTimeout()).IsKnown);

        await Eventually.True(() => !cluster.Cluster.TryGetGrainContext(cluster.GrainOf("nobody"), out _));
    }
}
