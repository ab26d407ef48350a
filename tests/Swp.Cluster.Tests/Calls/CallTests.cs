using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Calls;

public sealed class CallTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Request_ClientAnswers_Completes()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "answers");
        var call = cluster.Clients.Get(TestService.Type, "answers").RequestAsync(new { n = 1 });

        var request = await client.ReceiveAsync();
        Assert.Equal("{\"n\":1}", (string?)request!["data"]);
        await client.AnswerAsync((string)request["uuid"]!, """{ "spaces":  "kept" }""");

        var result = await call.DefaultTimeout();
        Assert.Equal(CallOutcome.Completed, result.Outcome);
        Assert.Equal("""{ "spaces":  "kept" }""", result.Data.ToString());
        Assert.Equal((string?)request["uuid"], result.Uuid);
    }

    [Fact]
    public async Task Request_NobodyEverConnected_IsUnknown()
    {
        Assert.Equal(CallOutcome.UnknownClient, (await cluster.Clients.Get(TestService.Type, "stranger").RequestAsync(1).DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.UnknownType, (await cluster.Clients.Get("nothing", "stranger").RequestAsync(1).DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Request_ClientHasLeft_IsNotConnectedWithLastSeen()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "left");
        await client.CloseAsync();
        await Eventually.True(async () => !(await cluster.Clients.Get(TestService.Type, "left").GetStatusAsync()).Connected);

        var result = await cluster.Clients.Get(TestService.Type, "left").RequestAsync(1).DefaultTimeout();
        Assert.Equal(CallOutcome.NotConnected, result.Outcome);
        Assert.NotNull(result.LastSeen);
    }

    [Fact]
    public async Task Status_ConnectedOrNot_NamesTheOwner()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "owned");
        var target = cluster.Clients.Get(TestService.Type, "owned");
        var owner = cluster.OwnerOf("owned").ServiceProvider.GetRequiredService<ILocalSiloDetails>().Name;
        Assert.Equal(owner, (await target.GetStatusAsync()).Owner);

        await client.CloseAsync();
        await Eventually.True(async () => !(await target.GetStatusAsync()).Connected);
        Assert.Equal(owner, (await target.GetStatusAsync()).Owner);
    }

    [Fact]
    public async Task Request_NoAnswer_TimesOut()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "silent");
        var call = cluster.Clients.Get(TestService.Type, "silent").RequestAsync(1, new() { Timeout = TimeSpan.FromMilliseconds(200) });
        await client.ReceiveRequestAsync();
        Assert.Equal(CallOutcome.TimedOut, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Request_CallerGivesUp_IsCancelledAndFreesItsPlace()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "cancelled");
        using var caller = new CancellationTokenSource();
        var call = cluster.Clients.Get(TestService.Type, "cancelled").RequestAsync(1, Patient, caller.Token);
        await client.ReceiveRequestAsync();

        await caller.CancelAsync();
        Assert.Equal(CallOutcome.Cancelled, (await call.DefaultTimeout()).Outcome);
        await Eventually.True(async () => (await cluster.Clients.Get(TestService.Type, "cancelled").GetStatusAsync()).PendingRequests == 0);
    }

    [Fact]
    public async Task Request_OverTheLimit_IsTooManyPending()
    {
        await cluster.OpenAsync(cluster.Gateway1, "busy");
        var target = cluster.Clients.Get(TestService.Type, "busy");
        using var caller = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 300).Select(_ => target.RequestAsync(1, Patient, caller.Token)).ToArray();
        await Eventually.True(async () => (await target.GetStatusAsync()).PendingRequests == 300);

        Assert.Equal(CallOutcome.TooManyPending, (await target.RequestAsync(1).DefaultTimeout()).Outcome);
        await caller.CancelAsync();
        Assert.All(await Task.WhenAll(calls).DefaultTimeout(), result => Assert.Equal(CallOutcome.Cancelled, result.Outcome));
    }

    [Fact]
    public async Task Request_WaitForConnect_IsSentOnceTheClientComes()
    {
        var target = cluster.Clients.Get(TestService.Type, "late");
        var call = target.RequestAsync("hello", new() { WaitForConnect = TimeSpan.FromSeconds(60) });
        await Eventually.True(async () => (await target.GetStatusAsync()).PendingRequests == 1);

        var client = await cluster.OpenAsync(cluster.Gateway2, "late");
        await client.AnswerAsync(await client.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Request_ConnectionEndsBeforeTheAnswer_IsLostInFlight()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "dropped");
        var call = cluster.Clients.Get(TestService.Type, "dropped").RequestAsync(1, Patient);
        await client.ReceiveRequestAsync();
        await client.CloseAsync();
        Assert.Equal(CallOutcome.LostInFlight, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Request_Idempotent_IsSentAgainWithTheSameUuidThroughAnotherGateway()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "again");
        var call = cluster.Clients.Get(TestService.Type, "again").RequestAsync(1, Patient with { Idempotent = true });
        var uuid = await client.ReceiveRequestAsync();
        await client.CloseAsync();

        var next = await cluster.OpenAsync(cluster.Gateway2, "again");
        Assert.Equal(uuid, await next.ReceiveRequestAsync());
        await next.AnswerAsync(uuid);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Request_AnsweredBeforeLeaving_CompletesAlthoughTheConnectionEndsAtOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            var client = await cluster.OpenAsync(cluster.Gateway1, "hasty");
            var call = cluster.Clients.Get(TestService.Type, "hasty").RequestAsync(i, Patient);
            await client.AnswerAsync(await client.ReceiveRequestAsync());
            await client.CloseAsync();
            Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
        }
    }

    [Fact]
    public async Task Open_Twice_NewestWinsAcrossGateways()
    {
        var old = await cluster.OpenAsync(cluster.Gateway1, "twice");
        var call = cluster.Clients.Get(TestService.Type, "twice").RequestAsync(1, Patient);
        var uuid = await old.ReceiveRequestAsync();

        var newer = await cluster.OpenAsync(cluster.Gateway2, "twice");
        Assert.Null(await old.ReceiveAsync());
        Assert.Equal(4502, old.CloseCode);
        Assert.Equal(CallOutcome.LostInFlight, (await call.DefaultTimeout()).Outcome);

        // Nothing the superseded connection knows is of use to the newer one.
        await newer.AnswerAsync(uuid);
        var second = cluster.Clients.Get(TestService.Type, "twice").RequestAsync(2, Patient);
        await newer.AnswerAsync(await newer.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await second.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Query_Pipelined_AnsweredInOrder()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "order");
        for (var i = 0; i < 500; i++)
        {
            await client.SendAsync($$"""{"sessionType":"0003","uuid":{{i}},"data":{{i}}}""");
        }

        for (var i = 0; i < 500; i++)
        {
            var answer = await client.ReceiveAsync();
            Assert.Equal("0003", (string?)answer!["sessionType"]);
            Assert.Equal(i.ToString(), (string?)answer["uuid"]);
            Assert.Equal(i, (int)answer["data"]!);
        }
    }

    [Fact]
    public async Task Send_Connected_IsHandedOver()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "told");
        Assert.Equal(CallOutcome.Completed, (await cluster.Clients.Get(TestService.Type, "told").SendAsync("news").DefaultTimeout()).Outcome);
        Assert.Equal("news", (string?)(await client.ReceiveAsync())!["data"]);
    }
}
