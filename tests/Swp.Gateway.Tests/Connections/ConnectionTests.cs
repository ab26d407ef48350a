using System.Net.WebSockets;
using System.Text;
using Swp.Cluster.Links;
using Swp.Clients;
using Swp.Gateway.Connections;
using Swp.Gateway.Protocol;
using Swp.Gateway.Tests.Kit;
using Swp.Gateway.Tests.Protocol;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Connections;

public sealed class ConnectionTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    private string Now => Wire.Now(_gateway);

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    // ---- Opening ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Open_IsAnsweredAndTheOwnerKnowsEverything()
    {
        var peer = _gateway.Connect(token: "handshake");
        await peer.SendAsync("""{"code":"0","msg":"open session","sessionType":"0001","sessionTime":1,"data":{"clientId":"999","heartbeatReply":true},"uuid":1700000000001}""");

        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal("caller/999", attach.Client);
        Assert.Equal(
            new AttachRequest
            {
                Gateway = Members.Gateway,
                GatewayName = "gateway1",
                ConnectionId = peer.Connection.Id,
                RemoteAddress = "192.0.2.7",
                Token = "handshake",
                HeartbeatReply = true,
                OpenedAt = _gateway.Time.GetUtcNow(),
            },
            attach.Request with { Data = default });
        Assert.Equal("""{"clientId":"999","heartbeatReply":true}""", attach.Request.Data.ToString());

        attach.Attach(epoch: 7);
        Assert.Equal(
            $$$"""{"code":"0","sessionType":"0001","sessionTime":{{{Now}}},"data":"{\"clientId\":\"999\",\"msg\":\"success\"}","uuid":"1700000000001"}""",
            await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Open_ItsOwnToken_GoesBeforeTheHandshakes()
    {
        var peer = _gateway.Connect(token: "handshake");
        await peer.SendAsync("""{"sessionType":"0001","data":"{\"clientId\":999,\"token\":\"own\"}"}""");
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(("caller/999", "own", """{"clientId":999,"token":"own"}"""), (attach.Client, attach.Request.Token, attach.Request.Data.ToString()));
    }

    [Fact]
    public async Task Open_RawJsonType_IsAnsweredWithAnObject()
    {
        var peer = _gateway.Connect(TestGateway.Caller with { RawJson = true });
        await peer.SendAsync("""{"sessionType":"0001","data":{"clientId":"9"}}""");
        (await _gateway.Grains.Attaches.NextAsync()).Attach(epoch: 7);
        Assert.Equal($$$"""{"code":"0","sessionType":"0001","sessionTime":{{{Now}}},"data":{"clientId":"9","msg":"success"}}""", await peer.ReceiveAsync());
    }

    [Theory]
    [InlineData("""{"clientId":""}""")]
    [InlineData("""{"clientId":null}""")]
    [InlineData("{}")]
    [InlineData("\"999\"")]
    [InlineData("null")]
    public async Task Open_WithoutAValidId_IsRefusedWithWordsThen4507(string data)
    {
        var peer = _gateway.Connect();
        await peer.SendAsync($$"""{"sessionType":"0001","data":{{data}},"uuid":5}""");
        Assert.Equal(
            $$$"""{"code":"-1","msg":"The data of an OPEN is {\"clientId\": …} with an id of 1 to 128 characters: correct it and connect again.","sessionType":"0001","sessionTime":{{{Now}}},"uuid":"5","error":{"code":"invalid_client_id","retryable":false}}""",
            await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.ProtocolError);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Open_RefusedByTheOwner_HearsItsWordsAndItsCode()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999", "5"));
        (await _gateway.Grains.Attaches.NextAsync()).Refuse(CloseCode.Banned, "spam", new ErrorDetail(ErrorCodes.Banned));
        Assert.Equal(
            $$$"""{"code":"-1","msg":"spam","sessionType":"0001","sessionTime":{{{Now}}},"uuid":"5","error":{"code":"banned","retryable":false}}""",
            await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.Banned);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Open_NoOwnerToBeFound_IsTriedAgainAndThenRefusedWith4004()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999", "5"));
        (await _gateway.Grains.Attaches.NextAsync()).Fail();
        (await _gateway.AdvanceUntilAsync(_gateway.Grains.Attaches, TimeSpan.FromMilliseconds(50))).Fail();
        await _gateway.AdvanceUntilAsync(_gateway.Grains.Attaches, TimeSpan.FromMilliseconds(50));

        // This one never answers.
        var receiving = peer.ReceiveAsync();
        await _gateway.StepUntilAsync(() => receiving.IsCompleted, TimeSpan.FromSeconds(10));
        var refusal = await receiving;
        Assert.StartsWith("""{"code":"-1","msg":"The client's owner cannot be reached: connect again in a moment.","sessionType":"0001",""", refusal, StringComparison.Ordinal);
        Assert.EndsWith(""","uuid":"5","error":{"code":"owner_unavailable","retryable":true}}""", refusal, StringComparison.Ordinal);
        await peer.ClosedAsync(CloseCode.OwnerUnavailable);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Open_ItsOwnerHangsAndAnOwnerIsSilent_IsRefusedAfterFiveSeconds()
    {
        var (other, _) = await _gateway.OpenAsync("998");
        await other.SendAsync(Wire.Query("1"));
        await _gateway.Owner.Deliveries.NextAsync();
        await _gateway.SilenceAsync(Members.Owner1);

        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999", "5"));
        await _gateway.Grains.Attaches.NextAsync();
        var started = _gateway.Time.GetTimestamp();
        var receiving = peer.ReceiveAsync();
        await _gateway.StepUntilAsync(() => receiving.IsCompleted, TimeSpan.FromSeconds(1));
        Assert.Contains("owner_unavailable", await receiving, StringComparison.Ordinal);
        Assert.InRange(_gateway.Time.GetElapsedTime(started), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(8));
        await peer.ClosedAsync(CloseCode.OwnerUnavailable);
    }

    [Fact]
    public async Task Open_AgainWithTheSameId_IsAnsweredAgainAndChangesNothing()
    {
        var (peer, relay) = await _gateway.OpenAsync("999");
        await peer.SendAsync("""{"sessionType":"0001","data":"{\"clientId\":999}","uuid":"again"}""");
        Assert.Equal(Wire.OpenAnswer(_gateway, "999", "again"), await peer.ReceiveAsync());
        Assert.Same(relay, _gateway.Relays.Find(peer.Connection.Id));
        Assert.Equal(0, _gateway.Grains.Attaches.Count);

        await peer.SendAsync(Wire.Query("q"));
        Assert.Equal(("q", 1L), (await _gateway.Owner.AcceptAsync(1)) is [var frame] ? (frame.Uuid, frame.Sequence) : default);
    }

    [Theory]
    [InlineData("""{"clientId":"998"}""")]
    [InlineData("""{"clientId":"0999"}""")]
    [InlineData("{}")]
    public async Task Open_AgainWithAnotherId_IsRefusedWithWordsThen4507(string data)
    {
        var (peer, _) = await _gateway.OpenAsync("999");
        await peer.SendAsync($$"""{"sessionType":"0001","data":{{data}},"uuid":"again"}""");
        Assert.Equal(
            $$$"""{"code":"-1","msg":"The connection is open for another client: use one connection for each client.","sessionType":"0001","sessionTime":{{{Now}}},"uuid":"again","error":{"code":"invalid_client_id","retryable":false}}""",
            await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.ProtocolError);
        Assert.Equal(
            [(OwnerboundKind.Closed, CloseCode.ProtocolError)],
            (await _gateway.Owner.AcceptAsync(1)).Select(frame => (frame.Kind, frame.CloseCode)));
        await _gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("0002")]
    [InlineData("0003")]
    [InlineData("0009")]
    public async Task AnythingElseBeforeOpen_Is4508(string sessionType)
    {
        var peer = _gateway.Connect();
        await peer.SendAsync($$"""{"sessionType":"{{sessionType}}","data":1,"uuid":"1"}""");
        await peer.ClosedAsync(CloseCode.NotOpened);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task NotOpenedInTime_Is4508()
    {
        var peer = _gateway.Connect();
        _gateway.Time.Advance(TimeSpan.FromSeconds(10));
        peer.Connection.CheckDeadlines();
        Assert.Equal(EnqueueResult.Queued, peer.Connection.Send(Frame("still there", "1")));
        Assert.Contains("still there", await peer.ReceiveAsync(), StringComparison.Ordinal);

        // A HEART is no OPEN.
        await peer.SendAsync(Wire.Heart());
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        peer.Connection.CheckDeadlines();
        await peer.ClosedAsync(CloseCode.NotOpened);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task WaitingForItsOwner_IsNot4508()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(9));
        peer.Connection.CheckDeadlines();
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(999));
        peer.Connection.CheckDeadlines();
        attach.Attach(epoch: 7);
        Assert.Equal(Wire.OpenAnswer(_gateway, "999"), await peer.ReceiveAsync());
        _gateway.Time.Advance(TimeSpan.FromSeconds(5));
        peer.Connection.CheckDeadlines();
        await peer.SendAsync(Wire.Query("q"));
        Assert.Single(await _gateway.Owner.AcceptAsync(1));
    }

    // ---- Bad input --------------------------------------------------------------------------------------------------------------------

    [Theory]
    [MemberData(nameof(FrameVectors.MalformedNames), MemberType = typeof(FrameVectors))]
    public async Task Malformed_IsItsCloseCode_BeforeOpenAndAfter(string name)
    {
        var (bytes, _, code) = FrameVectors.Malformed[name];
        var stranger = _gateway.Connect(TestGateway.Caller with { MaxMessageBytes = 1024 * 1024 }, capacity: 2 * 1024 * 1024);
        await stranger.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true);
        await ClosedAsync(stranger);

        var (peer, _) = await _gateway.OpenAsync(type: TestGateway.Caller with { MaxMessageBytes = 1024 * 1024 }, capacity: 2 * 1024 * 1024);
        await peer.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true);
        await ClosedAsync(peer);

        var last = Assert.Single(await _gateway.Owner.AcceptAsync(1));
        Assert.Equal((OwnerboundKind.Closed, 1L, 100L), (last.Kind, last.Sequence, last.Epoch));
        await _gateway.NothingIsLeftAsync();

        async Task ClosedAsync(TestPeer closing)
        {
            // The framework itself looks whether a text is UTF-8; its close frame has the same code and no words.
            var result = await closing.Socket.ReceiveAsync(new byte[128], CancellationToken.None).DefaultTimeout();
            Assert.Equal((WebSocketMessageType.Close, (int)code), (result.MessageType, (int)result.CloseStatus!));
            closing.Socket.Abort();
            await closing.Running.DefaultTimeout();
        }
    }

    [Fact]
    public async Task UnknownSessionType_IsAnErrorFrameAndTheConnectionStays()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync("""{"sessionType":"0009","data":1,"uuid":9}""");
        Assert.Equal(
            $$$"""{"code":"-1","msg":"The sessionType is none of 0000, 0001, 0002, 0003, and the message had no effect: correct it.","sessionType":"0009","sessionTime":{{{Now}}},"uuid":"9","error":{"code":"unknown_session_type","retryable":false}}""",
            await peer.ReceiveAsync());
        await peer.SendAsync(Wire.Query("q"));
        Assert.Equal(["q"], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.Uuid));
    }

    [Fact]
    public async Task Binary_Is1003()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Encoding.UTF8.GetBytes(Wire.Open("999")), WebSocketMessageType.Binary, endOfMessage: true);
        await peer.ClosedAsync(CloseCode.UnsupportedData);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task OverTheLimit_Is1009_SeenBeforeTheMessageHasEnded()
    {
        var type = TestGateway.Caller with { MaxMessageBytes = 1024 };
        var peer = _gateway.Connect(type);
        await peer.SendAsync(new byte[1025].Select(_ => (byte)' ').ToArray(), WebSocketMessageType.Text, endOfMessage: false);
        await peer.ClosedAsync(CloseCode.MessageTooBig);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task OverTheLimit_ThePeerCanFinishItAndSeesTheCode()
    {
        var peer = _gateway.Connect(TestGateway.Caller with { MaxMessageBytes = 1024 });

        // Larger than everything on the way can hold: it ends only because the gateway reads, and forgets, the rest.
        await peer.SendAsync(new byte[1024 * 1024].Select(_ => (byte)' ').ToArray(), WebSocketMessageType.Text, endOfMessage: true);
        await peer.ClosedAsync(CloseCode.MessageTooBig);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task FragmentsOfAMessage_AreOneMessage()
    {
        var (peer, _) = await _gateway.OpenAsync();
        var bytes = Encoding.UTF8.GetBytes(Wire.Query("q", "\"叫号\""));
        for (var i = 0; i < bytes.Length; i++)
        {
            await peer.SendAsync([bytes[i]], WebSocketMessageType.Text, endOfMessage: i == bytes.Length - 1);
        }

        Assert.Equal(["\"叫号\""], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.Data.ToString()));
    }

    // ---- HEART and idleness -----------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task HeartBeforeOpen_IsAcceptedAndTheOwnerHearsHowLongAgo()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Heart());
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(3));
        await peer.SendAsync(Wire.Open("999"));
        Assert.Equal(TimeSpan.FromSeconds(3), (await _gateway.Grains.Attaches.NextAsync()).Request.LastHeartbeatAge);
    }

    [Fact]
    public async Task NoHeartBeforeOpen_TheOwnerHearsOfNone()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        Assert.Null((await _gateway.Grains.Attaches.NextAsync()).Request.LastHeartbeatAge);
    }

    [Fact]
    public async Task TwoHeartsBeforeOpen_OneSecondApart_AreRefusedInTheOldWordsThen4008()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Heart("1"));
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(Wire.Heart("2"));
        Assert.Equal(
            $$$"""{"code":"-1","msg":"open session","sessionType":"0000","sessionTime":{{{Now}}},"data":"客户端心跳检测请求频次过高(-44000)","uuid":"2","error":{"code":"heartbeat_too_frequent","retryable":false}}""",
            await peer.ReceiveAsync());
        await peer.ClosedAsync(CloseCode.HeartbeatTooFrequent);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task HeartsBeforeOpen_ATenthEarly_AreAccepted()
    {
        var peer = _gateway.Connect(TestGateway.Caller with { OpenTimeout = TimeSpan.FromMinutes(5) });
        await peer.SendAsync(Wire.Heart("1"));
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(40.5));
        await peer.SendAsync(Wire.Heart("2"));
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(40.5) - TimeSpan.FromMilliseconds(1));
        await peer.SendAsync(Wire.Heart("3"));
        Assert.StartsWith("{\"code\":\"-1\"", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeartAfterOpen_GoesToTheOwnerUntouchedAndIsNotAnswered()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync("""{"code":"0","msg":"open session","sessionType":"0000","sessionTime":1700000045000,"data":"999","uuid":1700000045001}""");
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(45));
        await peer.SendAsync(Wire.Heart("2"));
        var frames = await _gateway.Owner.AcceptAsync(2);
        Assert.Equal(
            (OwnerboundKind.Heartbeat, "1700000045001", "0", "open session", "\"999\"", 1L, 100L),
            (frames[0].Kind, frames[0].Uuid, frames[0].Code, frames[0].Message, frames[0].Data.ToString(), frames[0].Sequence, frames[0].Epoch));
        await peer.LeaveAsync();
    }

    [Fact]
    public async Task HeartsAfterOpen_OneSecondApart_AreRefusedHereAndTheOwnerHearsOfOne()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Heart("1"));
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(Wire.Heart("2"));
        Assert.Contains("客户端心跳检测请求频次过高(-44000)", await peer.ReceiveAsync(), StringComparison.Ordinal);
        await peer.ClosedAsync(CloseCode.HeartbeatTooFrequent);
        Assert.Equal([OwnerboundKind.Heartbeat, OwnerboundKind.Closed], (await _gateway.Owner.AcceptAsync(2)).Select(frame => frame.Kind));
    }

    [Fact]
    public async Task Idle_Is4001()
    {
        var (peer, _) = await _gateway.OpenAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(100));
        await peer.SendAsync(Wire.Heart());
        await _gateway.Owner.AcceptAsync(1);
        _gateway.Time.Advance(TimeSpan.FromSeconds(120));
        peer.Connection.CheckDeadlines();
        Assert.Equal(EnqueueResult.Queued, peer.Connection.Send(Frame("still open", "1")));
        Assert.Contains("still open", await peer.ReceiveAsync(), StringComparison.Ordinal);
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        peer.Connection.CheckDeadlines();
        await peer.ClosedAsync(CloseCode.HeartbeatTimeout);
        Assert.Equal([CloseCode.HeartbeatTimeout], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Idle_WithoutALimit_IsNeverClosed()
    {
        var (peer, _) = await _gateway.OpenAsync(type: TestGateway.Caller with { IdleTimeout = TimeSpan.Zero });
        _gateway.Time.Advance(TimeSpan.FromHours(1));
        peer.Connection.CheckDeadlines();
        await peer.SendAsync(Wire.Query("q"));
        Assert.Single(await _gateway.Owner.AcceptAsync(1));
    }

    // ---- Writing and ending -----------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Send_FramesGoOutInOrder_AndTheCloseFrameLast()
    {
        var (peer, _) = await _gateway.OpenAsync();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(EnqueueResult.Queued, peer.Connection.Send(Frame($"u{i}", "1")));
        }

        peer.Connection.Close(CloseCode.Draining);
        Assert.Equal(EnqueueResult.Closed, peer.Connection.Send(Frame("late", "1")));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($$"""{"code":"0","sessionType":"0002","sessionTime":{{Now}},"data":1,"uuid":"u{{i}}"}""", await peer.ReceiveAsync());
        }

        await peer.ClosedAsync(CloseCode.Draining);
    }

    [Fact]
    public async Task APeerThatDoesNotRead_IsClosedWith4002_WhatWaitsIsDiscarded()
    {
        var (peer, _) = await _gateway.OpenAsync(type: TestGateway.Caller with { OutboundBufferBytes = 64 * 1024 }, capacity: 4 * 1024);
        var data = $"\"{new string('x', 8 * 1024)}\"";
        Assert.Equal(EnqueueResult.Queued, peer.Connection.Send(Frame("u0", data)));
        await Eventually.True(() => peer.Sockets.BytesWaitingForClient == 4 * 1024);
        var queued = 0;
        while (peer.Connection.Send(Frame($"u{queued + 1}", data)) == EnqueueResult.Queued)
        {
            queued++;
        }

        Assert.Equal(64 * 1024 / (data.Length + 128), queued);

        // It begins to read again: one message was under way, the others are gone, the code is there.
        Assert.Contains("\"uuid\":\"u0\"", await peer.ReceiveAsync(), StringComparison.Ordinal);
        await peer.ClosedAsync(CloseCode.SlowConsumer);
        Assert.Equal([CloseCode.SlowConsumer], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task APeerThatNeverReadsAgain_IsCutOffAfterFiveSeconds()
    {
        var (peer, _) = await _gateway.OpenAsync(type: TestGateway.Caller with { OutboundBufferBytes = 64 * 1024 }, capacity: 4 * 1024);
        while (peer.Connection.Send(Frame("u", $"\"{new string('x', 8 * 1024)}\"")) == EnqueueResult.Queued)
        {
        }

        _gateway.Time.Advance(TimeSpan.FromSeconds(5));
        peer.Connection.CheckDeadlines();
        Assert.False(peer.Running.IsCompleted);
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        peer.Connection.CheckDeadlines();
        await peer.Running.DefaultTimeout();
        Assert.Equal([CloseCode.SlowConsumer], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task APeerThatNeverAnswersTheCloseFrame_IsCutOffAfterFiveSeconds()
    {
        var (peer, _) = await _gateway.OpenAsync();
        peer.Connection.Close(CloseCode.DisconnectedByServer);
        await peer.CloseFrameAsync(CloseCode.DisconnectedByServer);

        _gateway.Time.Advance(TimeSpan.FromSeconds(5));
        peer.Connection.CheckDeadlines();
        Assert.False(peer.Running.IsCompleted);
        Assert.Equal(1, _gateway.Connections.Count);
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        peer.Connection.CheckDeadlines();
        await peer.Running.DefaultTimeout();
        Assert.Equal([CloseCode.DisconnectedByServer], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task WhatArrivesAfterTheClose_HasNoEffect()
    {
        var (peer, _) = await _gateway.OpenAsync();
        peer.Connection.Close(CloseCode.Superseded);
        for (var i = 0; i < 100; i++)
        {
            await peer.SendAsync(Wire.Query($"q{i}", $"\"{new string('x', 1_000)}\""));
        }

        await peer.ClosedAsync(CloseCode.Superseded);

        var frames = await _gateway.Owner.AcceptAsync(1);
        Assert.Equal((OwnerboundKind.Closed, CloseCode.Superseded), (frames[0].Kind, frames[0].CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Close_Twice_TheFirstCodeWins()
    {
        var (peer, _) = await _gateway.OpenAsync();
        peer.Connection.Close(CloseCode.Superseded);
        peer.Connection.Close(CloseCode.Banned, discard: true);
        await peer.ClosedAsync(CloseCode.Superseded);
        Assert.Equal([CloseCode.Superseded], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.CloseCode));
    }

    [Fact]
    public async Task ThePeerCloses_ItsCloseIsAnsweredAndTheOwnerHears()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("q"));
        await peer.LeaveAsync();
        await peer.Running.DefaultTimeout();
        Assert.Equal(
            [(OwnerboundKind.Query, 1L, default), (OwnerboundKind.Closed, 2L, CloseCode.Normal)],
            (await _gateway.Owner.AcceptAsync(2)).Select(frame => (frame.Kind, frame.Sequence, frame.CloseCode)));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ThePeerVanishes_TheOwnerHears()
    {
        var (peer, _) = await _gateway.OpenAsync();
        peer.Socket.Abort();
        await peer.Running.DefaultTimeout();
        Assert.Equal([(OwnerboundKind.Closed, CloseCode.Normal)], (await _gateway.Owner.AcceptAsync(1)).Select(frame => (frame.Kind, frame.CloseCode)));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ThePeerVanishesBeforeOpen_NothingIsLeft()
    {
        var peer = _gateway.Connect();
        peer.Socket.Abort();
        await peer.Running.DefaultTimeout();
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ThePeerVanishesWhileAnAnswerIsWritten_NothingIsLeft()
    {
        var (peer, _) = await _gateway.OpenAsync(capacity: 1024);
        peer.Connection.Send(Frame("u", $"\"{new string('x', 100_000)}\""));
        peer.Socket.Abort();
        await peer.Running.DefaultTimeout();
        Assert.Equal([OwnerboundKind.Closed], (await _gateway.Owner.AcceptAsync(1)).Select(frame => frame.Kind));
        await _gateway.NothingIsLeftAsync();
    }

    private static OutboundFrame Frame(string uuid, string data) =>
        new() { Type = SessionType.Server, Code = "0", Uuid = uuid, Data = JsonPayload.FromValidated(Encoding.UTF8.GetBytes(data)) };
}
