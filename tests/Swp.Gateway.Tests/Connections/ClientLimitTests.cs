using System.Text.Json.Nodes;
using Swp.Clients;
using Swp.Gateway.Protocol;
using Swp.Gateway.Relay;
using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Connections;

/// <summary>A client that sends more than its type allows is read no faster.</summary>
public sealed class ClientLimitTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly ClientTypeDescription Messages = TestGateway.Caller with { MessagesPerSecond = 1, MessageBurst = 2, OverLimitTimeout = TimeSpan.FromSeconds(60) };
    private static readonly ClientTypeDescription Bytes = TestGateway.Caller with { BytesPerSecond = 1_000, ByteBurst = 64 * 1024, OverLimitTimeout = TimeSpan.FromSeconds(60) };

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task NoLimits_NobodyCounts()
    {
        var (_, relay) = await _gateway.OpenAsync();
        Assert.Null(relay.Limiter);
    }

    [Fact]
    public async Task OverTheLimit_TheRestWaitsInOrder_AndNobodyElseDoes()
    {
        var (peer, _) = await _gateway.OpenAsync(type: Messages);
        var (other, _) = await _gateway.OpenAsync("other", type: Messages);
        for (var i = 0; i < 4; i++)
        {
            await peer.SendAsync(Wire.Query($"q{i}"));
        }

        Assert.Equal(["q0", "q1"], await AcceptAsync(2));
        await other.SendAsync(Wire.Query("other"));
        Assert.Equal(["other"], await AcceptAsync(1));

        var from = _gateway.Time.GetTimestamp();
        Assert.Equal(["q2"], await LaterAsync());
        Assert.True(_gateway.Time.GetElapsedTime(from) >= Second);
        Assert.Equal(["q3"], await LaterAsync());
        Assert.True(_gateway.Time.GetElapsedTime(from) >= 2 * Second);
        await peer.LeaveAsync();
    }

    [Fact]
    public async Task OverTheLimit_EveryKindCounts_AndSoDoesWhatTheGatewayAnswersItself()
    {
        var (peer, relay) = await _gateway.OpenAsync(type: Messages with { MessageBurst = 5 });
        await peer.SendAsync(Wire.Query("q"));
        await peer.SendAsync(Wire.Answer("a"));
        await peer.SendAsync(Wire.Heart());
        await peer.SendAsync("""{"sessionType":"0009"}""");
        await peer.SendAsync(Wire.Open("999", "again"));
        await _gateway.Owner.AcceptAsync(3);
        await peer.SettledAsync();
        Assert.Equal(5 * Second, relay.Limiter!.Spent.Messages);
    }

    [Fact]
    public async Task Frames_CarryTheirSizeAsItCameIn()
    {
        var (peer, relay) = await _gateway.OpenAsync(type: Bytes);
        var query = Wire.Query("q", $"\"{new string('中', 100)}\"") + "     ";
        await peer.SendAsync(query);
        var size = System.Text.Encoding.UTF8.GetByteCount(query);
        Assert.Equal([size], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.Size));
        Assert.Equal(TimeSpan.FromMilliseconds(size), relay.Limiter!.Spent.Bytes);
    }

    [Fact]
    public async Task Open_WhatTheClientHasUsedUpBefore_IsUsedUp()
    {
        var peer = _gateway.Connect(Messages);
        await peer.SendAsync(Wire.Open("999"));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(epoch: 100, spent: new SpentAllowance(2 * Second, default));
        await peer.ReceiveAsync();
        await peer.SendAsync(Wire.Query("q"));

        var from = _gateway.Time.GetTimestamp();
        Assert.Equal(["q"], await LaterAsync());
        Assert.True(_gateway.Time.GetElapsedTime(from) >= Second);
    }

    [Fact]
    public async Task OwnerMoves_TheNextOneHearsWhatIsUsedUp()
    {
        var (peer, relay) = await _gateway.OpenAsync(type: Messages);
        await peer.SendAsync(Wire.Query("q"));
        await _gateway.Owner.AcceptAsync(1);
        relay.OnOwnerLost(Members.Owner1);

        var attach = await _gateway.AdvanceUntilAsync(_gateway.Grains.Attaches, TimeSpan.FromMilliseconds(20));
        Assert.InRange(attach.Request.Spent!.Value.Messages, TimeSpan.FromTicks(1), Second);
    }

    [Fact]
    public async Task Paused_TheClientIsNotSilent()
    {
        var (peer, _) = await _gateway.OpenAsync(type: Bytes with { BytesPerSecond = 100, OverLimitTimeout = TimeSpan.Zero });
        await peer.SendAsync(Wire.Answer("a", $"\"{new string('x', 65_000)}\""));
        await _gateway.Owner.AcceptAsync(1);

        // It waits for longer than a client may be silent.
        await peer.SendAsync(Wire.Answer("b", $"\"{new string('x', 30_000)}\""));
        await Eventually.True(() => peer.Connection.IsHeld);
        for (var i = 0; i < 200; i++)
        {
            _gateway.Time.Advance(Second);
            peer.Connection.CheckDeadlines();
        }

        Assert.Equal(0, _gateway.Owner.Deliveries.Count);
        Assert.Equal("b", Assert.Single((await _gateway.AdvanceUntilAsync(_gateway.Owner.Deliveries, Second)).Frames).Uuid);
        peer.Connection.Send(new OutboundFrame { Type = SessionType.Server, Code = "0", Uuid = "still open" });
        Assert.Contains("still open", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paused_AHeartThatWaited_MakesTheNextOneNotTooEarly()
    {
        var (peer, _) = await _gateway.OpenAsync(type: Messages with { MessageBurst = 1 });
        await peer.SendAsync(Wire.Query("q"));
        Assert.Equal(["q"], await AcceptAsync(1));
        for (var i = 0; i < 10; i++)
        {
            await peer.SendAsync(Wire.Query($"{i}"));
        }

        await peer.SendAsync(Wire.Heart("h1"));
        var sent = _gateway.Time.GetTimestamp();
        var frames = new List<OwnerboundFrame>();
        while (frames.Count < 11)
        {
            frames.AddRange(await LaterFramesAsync());
        }

        // It came when it was sent, and that was when reading fell behind.
        var read = _gateway.Time.GetElapsedTime(sent);
        Assert.True(read >= 10 * Second);
        Assert.InRange(frames[^1].Age, read - Second, read + Second);
    }

    [Fact]
    public async Task Paused_ClosedMeanwhile_HearsItAtOnce()
    {
        var (peer, _) = await PausedAsync();
        peer.Connection.Close(CloseCode.Banned);
        await peer.ClosedAsync(CloseCode.Banned);
        Assert.Equal(OwnerboundKind.Closed, Assert.Single(await _gateway.Owner.AcceptAsync(1)).Kind);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Paused_ForTooLong_IsClosedWith4005()
    {
        var (peer, _) = await _gateway.OpenAsync(type: Messages with { OverLimitTimeout = TimeSpan.FromSeconds(5) });
        var counting = CountUntilTheEndAsync();
        var closing = peer.ClosedAsync(CloseCode.RateLimited);
        for (var i = 0; i < 20; i++)
        {
            await peer.SendAsync(Wire.Query($"{i}"));
        }

        await Eventually.True(() =>
        {
            _gateway.Time.Advance(closing.IsCompleted ? TimeSpan.Zero : TimeSpan.FromMilliseconds(100));
            return closing.IsCompleted;
        });
        await closing;
        Assert.InRange(await counting.DefaultTimeout(), 5, 12);
    }

    [Fact]
    public async Task Query_ThatWouldWaitTooLong_IsRefusedWithTheTime_AndSmallerOnesPass()
    {
        var (peer, _) = await _gateway.OpenAsync(type: Bytes);
        await peer.SendAsync(Wire.Query("large", $"\"{new string('x', 60_000)}\""));
        Assert.Equal(["large"], await AcceptAsync(1));

        await peer.SendAsync(Wire.Query("again", $"\"{new string('x', 60_000)}\""));
        await peer.SendAsync(Wire.Query("small"));
        var refusal = JsonNode.Parse(await peer.ReceiveAsync())!;

        Assert.Equal(("0003", "-1", "again"), ((string?)refusal["sessionType"], (string?)refusal["code"], (string?)refusal["uuid"]));
        Assert.Equal(("rate_limited", true), ((string?)refusal["error"]!["code"], (bool)refusal["error"]!["retryable"]!));
        Assert.InRange((int)refusal["error"]!["retryAfterMs"]!, 50_000, 60_000);
        Assert.Equal(["small"], await LaterAsync());
    }

    [Fact]
    public async Task Answer_ThatHasToWaitLong_IsNotRefused()
    {
        var (peer, _) = await _gateway.OpenAsync(type: Bytes);
        await peer.SendAsync(Wire.Answer("one", $"\"{new string('x', 60_000)}\""));
        Assert.Equal(["one"], await AcceptAsync(1));
        await peer.SendAsync(Wire.Answer("two", $"\"{new string('x', 20_000)}\""));

        var from = _gateway.Time.GetTimestamp();
        Assert.Equal("two", Assert.Single((await _gateway.AdvanceUntilAsync(_gateway.Owner.Deliveries, Second)).Frames).Uuid);
        Assert.True(_gateway.Time.GetElapsedTime(from) >= TimeSpan.FromSeconds(14));
    }

    private async Task<(TestPeer Peer, ClientRelay Relay)> PausedAsync()
    {
        var (peer, relay) = await _gateway.OpenAsync(type: Messages);
        for (var i = 0; i < 3; i++)
        {
            await peer.SendAsync(Wire.Query($"q{i}"));
        }

        Assert.Equal(["q0", "q1"], await AcceptAsync(2));
        return (peer, relay);
    }

    private async Task<int> CountUntilTheEndAsync()
    {
        for (var queries = 0; ;)
        {
            var delivery = await _gateway.Owner.Deliveries.NextAsync();
            queries += delivery.Frames.Count(frame => frame.Kind == OwnerboundKind.Query);
            delivery.Accept();
            if (delivery.Frames.Any(frame => frame.Kind == OwnerboundKind.Closed))
            {
                return queries;
            }
        }
    }

    private async Task<string[]> AcceptAsync(int count) => [.. (await _gateway.Owner.AcceptAsync(count)).Select(frame => frame.Uuid!)];

    private async Task<string[]> LaterAsync() => [.. (await LaterFramesAsync()).Select(frame => frame.Uuid!)];

    /// <summary>Nothing comes until time goes on.</summary>
    private async Task<OwnerboundFrame[]> LaterFramesAsync()
    {
        Assert.Equal(0, _gateway.Owner.Deliveries.Count);
        await _gateway.StepUntilAsync(() => _gateway.Owner.Deliveries.Count > 0, Second);
        return await _gateway.Owner.AcceptAsync(1);
    }
}
