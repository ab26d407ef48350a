using Swp.Clients;
using Swp.Gateway.Broadcasts;
using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Broadcasts;

public sealed class BroadcasterTests : IAsyncLifetime
{
    private static readonly Broadcast News = new("caller", "u-1", JsonPayload.Parse("\"{\\\"n\\\": 1}\""));

    private TestGateway _gateway = null!;
    private Broadcaster _broadcaster = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _broadcaster = new Broadcaster(_gateway.Open, _gateway.Time);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Send_OpenClients_GetTheMessageAndOthersDoNot()
    {
        var (one, _) = await _gateway.OpenAsync("1");
        var (two, _) = await _gateway.OpenAsync("2");
        var (other, otherRelay) = await _gateway.OpenAsync("3", epoch: 9, type: TestGateway.Caller with { Name = "his" });
        var unopened = _gateway.Connect();

        Assert.Equal(2, await _broadcaster.SendAsync(News).DefaultTimeout());

        var message = $$"""{"code":"0","sessionType":"0002","sessionTime":{{Wire.Now(_gateway)}},"data":"{\"n\": 1}","uuid":"u-1"}""";
        Assert.Equal(message, await one.ReceiveAsync());
        Assert.Equal(message, await two.ReceiveAsync());

        // The next thing the others hear is something else.
        otherRelay.Accept(new ClientboundFrame { ConnectionId = 1, Kind = ClientboundKind.Message, Code = "0", Epoch = 9, Data = JsonPayload.Parse("7") });
        Assert.Contains("\"data\":7", await other.ReceiveAsync(), StringComparison.Ordinal);
        await unopened.SendAsync(Wire.Open("4"));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(1);
        Assert.Equal(Wire.OpenAnswer(_gateway, "4"), await unopened.ReceiveAsync());
    }

    [Fact]
    public async Task Send_NobodyOfTheType_IsNone() => Assert.Equal(0, await _broadcaster.SendAsync(News).DefaultTimeout());

    [Fact]
    public async Task Send_WithoutData_HasNone()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await _broadcaster.SendAsync(News with { Data = JsonPayload.None }).DefaultTimeout();
        Assert.Equal($$"""{"code":"0","sessionType":"0002","sessionTime":{{Wire.Now(_gateway)}},"uuid":"u-1"}""", await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Send_MoreThanASlice_ReachesEachOnceAndInOrder()
    {
        var peers = new List<TestPeer>();
        for (var number = 0; number < Broadcaster.Slice + 50; number++)
        {
            peers.Add((await _gateway.OpenAsync($"{number}")).Peer);
        }

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(peers.Count, await _broadcaster.SendAsync(News with { Uuid = $"{round}" }).DefaultTimeout());
        }

        foreach (var peer in peers)
        {
            for (var round = 0; round < 3; round++)
            {
                Assert.EndsWith($"\"uuid\":\"{round}\"}}", await peer.ReceiveAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Send_ToOneThatDoesNotRead_ClosesItAndReachesTheOthers()
    {
        var large = News with { Data = JsonPayload.Parse($"\"{new string('x', 60_000)}\"") };
        var (slow, _) = await _gateway.OpenAsync("slow", capacity: 1024);
        var (quick, _) = await _gateway.OpenAsync("quick");
        var rounds = 0;
        while (await _broadcaster.SendAsync(large).DefaultTimeout() == 2)
        {
            await quick.ReceiveAsync();
            rounds++;
        }

        // A mebibyte waits, and what the socket has taken.
        Assert.InRange(rounds, 17, 19);
        Assert.Contains($"\"data\":{large.Data},", await quick.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(["quick"], _gateway.Open.Read(null, default, 10, "").Clients.Select(client => client.Key.Id));
        slow.Dispose();
        await slow.Running.DefaultTimeout();
    }

    [Fact]
    public async Task Send_ToOneThatCloses_IsNotCounted()
    {
        var (peer, _) = await _gateway.OpenAsync();
        peer.Connection.Close(CloseCode.Draining);
        Assert.Equal(0, await _broadcaster.SendAsync(News).DefaultTimeout());
        await peer.ClosedAsync(CloseCode.Draining);
    }
}
