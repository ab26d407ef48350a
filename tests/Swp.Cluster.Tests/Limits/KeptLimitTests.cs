using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Swp.Cluster.Tests.Kit;
using Swp.Gateway.Relay;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Limits;

/// <summary>What a client has used up of its limits stays used up, whatever gateway it comes to and wherever its owner moves.</summary>
public sealed class KeptLimitTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private const int Asked = 80;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reconnect_ThroughAnotherGateway_IsKept(bool leavesFirst)
    {
        var id = $"reconnect-{leavesFirst}";
        var started = TimeProvider.System.GetTimestamp();
        var client = await AskAsync(id);
        if (leavesFirst)
        {
            await client.CloseAsync();
        }

        await OpenAgainAsync(id);

        AssertKept(cluster.Gateway2, id, started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OwnerMoves_AndTheClientConnectsAgain_IsKept(bool dies)
    {
        var id = $"move-{dies}";
        var started = TimeProvider.System.GetTimestamp();
        var client = await AskAsync(id);
        var owner = cluster.OwnerOf(id, SwpTestCluster.LimitedType);
        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        if (dies)
        {
            await cluster.Cluster.KillSiloAsync(owner).DefaultTimeout();
            var membership = cluster.Gateway1.ServiceProvider.GetRequiredService<IClusterMembershipService>();
            Assert.True(await membership.TryKill(owner.SiloAddress).DefaultTimeout());
        }
        else
        {
            await cluster.Cluster.StopSiloAsync(owner).DefaultTimeout();
        }

        // The connection is attached again: it is answered.
        await QueryAsync(client, "moved");
        await client.CloseAsync();
        await OpenAgainAsync(id);

        AssertKept(cluster.Gateway2, id, started);
    }

    [Fact]
    public async Task OwnerAndConnectionEnd_IsKeptByTheRecord()
    {
        const string Id = "record";
        var started = TimeProvider.System.GetTimestamp();
        var client = await AskAsync(Id);
        await client.CloseAsync();
        var owner = cluster.OwnerOf(Id, SwpTestCluster.LimitedType);
        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        await cluster.Cluster.StopSiloAsync(owner).DefaultTimeout();

        await OpenAgainAsync(Id);

        AssertKept(cluster.Gateway2, Id, started);
    }

    private async Task<TestConnection> AskAsync(string id)
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, id, SwpTestCluster.LimitedType);
        for (var i = 0; i < Asked; i++)
        {
            await QueryAsync(client, $"{i}");
        }

        return client;
    }

    private async Task OpenAgainAsync(string id) => await cluster.OpenAsync(cluster.Gateway2, id, SwpTestCluster.LimitedType);

    private static async Task QueryAsync(TestConnection client, string uuid)
    {
        await client.SendAsync($$"""{"sessionType":"0003","uuid":"{{uuid}}","data":1}""");
        Assert.Equal(uuid, (string?)(await client.ReceiveAsync())?["uuid"]);
    }

    // One message takes a second: what is used up shrinks by a second each second.
    private static void AssertKept(InProcessSiloHandle gateway, string id, long started)
    {
        var relay = Assert.Single(gateway.ServiceProvider.GetRequiredService<ClientRelays>().All, relay => relay.Key.Id == id);
        var spent = relay.Limiter!.Spent.Messages;
        Assert.InRange(spent + TimeProvider.System.GetElapsedTime(started), TimeSpan.FromSeconds(Asked), TimeSpan.FromSeconds(SwpTestCluster.LimitedBurst + 60));
    }
}
