using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Administration;

public sealed class BanTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60), WaitForConnect = TimeSpan.FromSeconds(60), Idempotent = true };

    [Fact]
    public async Task Ban_Connected_IsClosedAndKeptOutUntilLetInAgain()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "banned");
        var target = cluster.Clients.Get(TestService.Type, "banned");

        Assert.Equal(BanOutcome.Written, await target.BanAsync(reason: "spam").DefaultTimeout());

        Assert.Equal(CallOutcome.Banned, (await target.RequestAsync(1).DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.Banned, (await target.SendAsync(1).DefaultTimeout()).Outcome);
        await client.ClosedAsync(4505);
        var status = await target.GetStatusAsync();
        Assert.Equal((true, false, null, "spam"), (status.Banned, status.Connected, status.BannedUntil, status.BanReason));
        foreach (var gateway in new[] { cluster.Gateway1, cluster.Gateway2 })
        {
            await RefusedAsync(new TestConnection(gateway.ServiceProvider), "banned", "spam");
        }

        Assert.Equal(BanOutcome.Written, await target.UnbanAsync().DefaultTimeout());
        await cluster.OpenAsync(cluster.Gateway2, "banned");
        status = await target.GetStatusAsync();
        Assert.Equal((false, null), (status.Banned, status.BanReason));
    }

    [Fact]
    public async Task Ban_WhatWasQueuedBefore_StillArrives()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "last-words");
        var target = cluster.Clients.Get(TestService.Type, "last-words");
        Assert.Equal(CallOutcome.Completed, (await target.SendAsync(1).DefaultTimeout()).Outcome);

        await target.BanAsync().DefaultTimeout();

        Assert.Equal("1", (string?)(await client.ReceiveAsync())!["data"]);
        await client.ClosedAsync(4505);
    }

    [Fact]
    public async Task Ban_OpenCalls_EndAsWhatIsTrueOfThem()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "asked");
        var sent = cluster.Clients.Get(TestService.Type, "asked").RequestAsync(1, Patient);
        await client.ReceiveRequestAsync();
        var waiting = cluster.Clients.Get(TestService.Type, "not-there").RequestAsync(1, Patient);
        await Eventually.True(async () => (await cluster.Clients.Get(TestService.Type, "not-there").GetStatusAsync()).PendingRequests == 1);

        await Task.WhenAll(((string[])["asked", "not-there"]).Select(id => cluster.Clients.Get(TestService.Type, id).BanAsync())).DefaultTimeout();

        Assert.Equal(CallOutcome.LostInFlight, (await sent.DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.Banned, (await waiting.DefaultTimeout()).Outcome);
        await client.ClosedAsync(4505);
    }

    [Fact]
    public async Task Ban_WhileItsServiceDecidesAboutTheOpen_IsKeptOut()
    {
        var held = (Asked: new TaskCompletionSource(), Answer: new TaskCompletionSource());
        TestService.Held["undecided"] = held;
        var connection = new TestConnection(cluster.Gateway1.ServiceProvider);
        var refused = RefusedAsync(connection, "undecided", "spam");
        await held.Asked.Task.DefaultTimeout();

        Assert.Equal(BanOutcome.Written, await cluster.Clients.Get(TestService.Type, "undecided").BanAsync(reason: "spam").DefaultTimeout());
        held.Answer.SetResult();

        await refused.DefaultTimeout();
    }

    [Fact]
    public async Task Ban_NeverConnected_IsRememberedByTheNextActivation()
    {
        var target = cluster.Clients.Get(TestService.Type, "never");
        Assert.Equal(BanOutcome.Written, await target.BanAsync().DefaultTimeout());
        Assert.Equal(BanOutcome.Written, await target.BanAsync().DefaultTimeout());

        await cluster.Cluster.DeactivateAsync(cluster.GrainOf("never"));

        Assert.Equal(CallOutcome.Banned, (await target.RequestAsync(1).DefaultTimeout()).Outcome);
        await RefusedAsync(new TestConnection(cluster.Gateway1.ServiceProvider), "never", "The client is banned: do not connect again.");
        await target.UnbanAsync().DefaultTimeout();
        Assert.Equal(CallOutcome.UnknownClient, (await target.RequestAsync(1).DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Ban_ItsOwnerDies_TheNextOneKnowsItAndTheUnbanToo()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "orphan");
        var target = cluster.Clients.Get(TestService.Type, "orphan");
        Assert.Equal(BanOutcome.Written, await target.BanAsync(reason: "spam").DefaultTimeout());
        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        await cluster.Cluster.KillSiloAsync(cluster.OwnerOf("orphan")).DefaultTimeout();

        await client.ClosedAsync(4505);
        await Eventually.True(async () => (await target.RequestAsync(1)).Outcome == CallOutcome.Banned);
        await RefusedAsync(new TestConnection(cluster.Gateway2.ServiceProvider), "orphan", "spam");

        Assert.Equal(BanOutcome.Written, await target.UnbanAsync().DefaultTimeout());
        await cluster.Cluster.DeactivateAsync(cluster.GrainOf("orphan"));
        await cluster.OpenAsync(cluster.Gateway2, "orphan");
    }

    [Fact]
    public async Task Unban_NotBanned_DoesNothing()
    {
        var target = cluster.Clients.Get(TestService.Type, "innocent");
        Assert.Equal(BanOutcome.Written, await target.UnbanAsync().DefaultTimeout());
        Assert.Equal(CallOutcome.UnknownClient, (await target.RequestAsync(1).DefaultTimeout()).Outcome);
        Assert.Equal(BanOutcome.UnknownType, await cluster.Clients.Get("nothing", "innocent").UnbanAsync().DefaultTimeout());
        Assert.Equal(BanOutcome.UnknownType, await cluster.Clients.Get("nothing", "innocent").BanAsync().DefaultTimeout());
    }

    [Fact]
    public async Task Ban_ThatIsOverOrSaysTooMuch_IsRefused()
    {
        var target = cluster.Clients.Get(TestService.Type, "innocent");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => target.BanAsync(TimeProvider.System.GetUtcNow()));
        await Assert.ThrowsAsync<ArgumentException>(() => target.BanAsync(reason: new string('x', 201)));
        await Assert.ThrowsAsync<ArgumentException>(() => target.BanAsync(reason: "line\nbreak"));
        await Assert.ThrowsAsync<ArgumentException>(() => target.BanAsync(reason: "half \ud83d"));
        Assert.False((await target.GetStatusAsync()).Banned);
    }

    private static async Task RefusedAsync(TestConnection connection, string id, string reason)
    {
        var answer = await connection.AskToOpenAsync(id);
        Assert.Equal(("-1", reason, "banned", false), ((string?)answer["code"], (string?)answer["msg"], (string?)answer["error"]!["code"], (bool)answer["error"]!["retryable"]!));
        await connection.ClosedAsync(4505);
    }
}
