using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Administration;

public sealed class DisconnectTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60), Idempotent = true };

    [Fact]
    public async Task Disconnect_Connected_IsClosedAndMayComeBack()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "sent-away");
        var target = cluster.Clients.Get(TestService.Type, "sent-away");

        Assert.Equal(CallOutcome.Completed, (await target.DisconnectAsync().DefaultTimeout()).Outcome);

        Assert.Equal(CallOutcome.NotConnected, (await target.RequestAsync(1).DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.NotConnected, (await target.DisconnectAsync().DefaultTimeout()).Outcome);
        await client.ClosedAsync(4506);
        var next = await cluster.OpenAsync(cluster.Gateway2, "sent-away");
        var call = target.RequestAsync(2);
        await next.AnswerAsync(await next.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Disconnect_OpenCalls_EndAsAtTheEndOfAnyConnection()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "asked");
        var target = cluster.Clients.Get(TestService.Type, "asked");
        var plain = target.RequestAsync(1, Patient with { Idempotent = false });
        await client.ReceiveRequestAsync();
        var idempotent = target.RequestAsync(2, Patient);
        var uuid = await client.ReceiveRequestAsync();

        await target.DisconnectAsync().DefaultTimeout();

        Assert.Equal(CallOutcome.LostInFlight, (await plain.DefaultTimeout()).Outcome);
        var next = await cluster.OpenAsync(cluster.Gateway1, "asked");
        Assert.Equal(uuid, await next.ReceiveRequestAsync());
        await next.AnswerAsync(uuid);
        Assert.Equal(CallOutcome.Completed, (await idempotent.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Disconnect_Nobody_SaysSo()
    {
        Assert.Equal(CallOutcome.UnknownClient, (await cluster.Clients.Get(TestService.Type, "nobody").DisconnectAsync().DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.UnknownType, (await cluster.Clients.Get("nothing", "nobody").DisconnectAsync().DefaultTimeout()).Outcome);
    }
}
