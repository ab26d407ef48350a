using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Connected;

/// <summary>What concerns all connected clients, asked by a process outside the cluster: any gateway speaks for all.</summary>
public sealed class ConnectedClientsTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    [Fact]
    public async Task List_OverBothGateways_IsEverybodyOnce()
    {
        var ids = await OpenAsync("list", 10);

        foreach (var limit in (int[])[1, 3, 1000])
        {
            var clients = (await ReadAsync(limit)).Where(client => ids.Contains(client.Key.Id)).ToArray();
            Assert.Equal(ids, clients.Select(client => client.Key.Id).ToHashSet());
            Assert.Equal(ids.Count, clients.Length);
            Assert.Equal(2, clients.Select(client => client.Gateway).Distinct().Count());
            Assert.All(clients, client => Assert.Equal("192.0.2.1", client.RemoteAddress));
        }
    }

    [Fact]
    public async Task List_Row_SaysWhatTheOwnerSays()
    {
        var ids = await OpenAsync("row", 2);
        foreach (var client in (await ReadAsync(1000)).Where(client => ids.Contains(client.Key.Id)))
        {
            var status = await cluster.Clients.Get(client.Key).GetStatusAsync();
            Assert.Equal((status.Gateway, status.RemoteAddress), (client.Gateway, client.RemoteAddress));
        }
    }

    [Fact]
    public async Task List_BadArguments_AreTheCallersFault()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cluster.Clients.ListAsync(limit: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cluster.Clients.ListAsync(limit: 1001));
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.Clients.ListAsync(cursor: "nonsense"));
        Assert.False((await cluster.Clients.ListAsync("nosuch").DefaultTimeout()).TypeIsKnown);
    }

    [Fact]
    public async Task TakenOver_IsOneClient()
    {
        var old = await cluster.OpenAsync(cluster.Gateway1, "taken");
        var newer = await cluster.OpenAsync(cluster.Gateway2, "taken");
        await old.ClosedAsync(4502);

        var listed = Assert.Single(await ReadAsync(1000), client => client.Key.Id == "taken");
        Assert.Equal((await cluster.Clients.Get(listed.Key).GetStatusAsync()).Gateway, listed.Gateway);

        await cluster.Clients.BroadcastAsync(TestService.Type, "once").DefaultTimeout();
        Assert.Equal("once", (string?)(await newer.ReceiveAsync())!["data"]);
        await newer.CloseAsync();
    }

    [Fact]
    public async Task GetTypes_CountsThoseWhoAreOpen()
    {
        var before = await CountAsync();
        var client = await cluster.OpenAsync(cluster.Gateway1, "counted");
        var others = new[] { await cluster.OpenAsync(cluster.Gateway2, "counted2"), new TestConnection(cluster.Gateway1.ServiceProvider) };
        await Eventually.True(async () => await CountAsync() == before + 2);

        await client.CloseAsync();
        await Eventually.True(async () => await CountAsync() == before + 1);
        await others[0].CloseAsync();

        async Task<int> CountAsync()
        {
            var list = await cluster.Clients.GetTypesAsync().DefaultTimeout();
            Assert.Equal(0, list.Failed);
            var type = Assert.Single(list.Types, type => type.Type.Name == TestService.Type);
            Assert.Equal(("Test", 300), (type.Type.DisplayName, type.Type.MaxPendingRequests));
            return type.Connected;
        }
    }

    [Fact]
    public async Task Broadcast_ReachesEverybodyOnceUnderOneUuid()
    {
        var clients = new List<TestConnection>();
        for (var number = 0; number < 10; number++)
        {
            clients.Add(await cluster.OpenAsync(number % 2 == 0 ? cluster.Gateway1 : cluster.Gateway2, $"told{number}"));
        }

        var first = await cluster.Clients.BroadcastAsync(TestService.Type, new { n = 1 }).DefaultTimeout();
        var second = await cluster.Clients.BroadcastAsync(TestService.Type, "2").DefaultTimeout();

        Assert.Equal((CallOutcome.Completed, 2, 0), (first.Outcome, first.Gateways, first.Failed));
        Assert.True(first.Clients >= clients.Count);
        Assert.Equal(CallOutcome.Completed, second.Outcome);
        var uuids = new HashSet<string>();
        foreach (var client in clients)
        {
            var message = (await client.ReceiveAsync())!;
            Assert.Equal(("0002", "{\"n\":1}"), ((string?)message["sessionType"], (string?)message["data"]));
            uuids.Add((string)message["uuid"]!);
            Assert.Equal("2", (string?)(await client.ReceiveAsync())!["data"]);
            await client.CloseAsync();
        }

        Assert.Single(uuids);
    }

    [Fact]
    public async Task Broadcast_ThatCannotBe_ReachesNobody()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "spared");
        Assert.Equal(CallOutcome.UnknownType, (await cluster.Clients.BroadcastAsync("nosuch", 1).DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.PayloadTooLarge, (await cluster.Clients.BroadcastAsync(TestService.Type, new string('x', 70_000)).DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.PayloadTooLarge, (await cluster.Clients.BroadcastAsync(TestService.Type, new string('x', 5_000_000)).DefaultTimeout()).Outcome);
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();
        Assert.Equal(CallOutcome.Cancelled, (await cluster.Clients.BroadcastAsync(TestService.Type, 1, caller.Token).DefaultTimeout()).Outcome);

        await cluster.Clients.Get(TestService.Type, "spared").SendAsync("first").DefaultTimeout();
        Assert.Equal("first", (string?)(await client.ReceiveAsync())!["data"]);
        await client.CloseAsync();
    }

    private async Task<HashSet<string>> OpenAsync(string prefix, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await cluster.OpenAsync(number % 2 == 0 ? cluster.Gateway1 : cluster.Gateway2, $"{prefix}{number}");
        }

        return [.. Enumerable.Range(0, count).Select(number => $"{prefix}{number}")];
    }

    private async Task<List<ConnectedClient>> ReadAsync(int limit)
    {
        var clients = new List<ConnectedClient>();
        string? cursor = null;
        do
        {
            var page = await cluster.Clients.ListAsync(TestService.Type, cursor, limit).DefaultTimeout();
            clients.AddRange(page.Clients);
            cursor = page.Next;
        }
        while (cursor is not null);
        return clients;
    }
}
