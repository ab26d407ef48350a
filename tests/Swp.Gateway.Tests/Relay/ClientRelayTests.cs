using Swp.Cluster.Links;
using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Relay;

public sealed class ClientRelayTests : IAsyncLifetime
{
    private const long First = 100;
    private const long Second = 101;

    private TestGateway _gateway = null!;

    private TestOwner Owner1 => _gateway.Owners[Members.Owner1];

    private TestOwner Owner2 => _gateway.Owners[Members.Owner2];

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    // ---- What the client says ---------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Frames_AreNumberedFromOneAndCarryTheEpoch()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync("""{"sessionType":"0003","code":"7","msg":"m","data":{"a" : 1},"uuid":5}""");
        await peer.SendAsync(Wire.Answer("r1"));
        await peer.SendAsync(Wire.Heart("h1"));

        var frames = await Owner1.AcceptAsync(3);

        Assert.Equal(
            [(OwnerboundKind.Query, "5", 1L), (OwnerboundKind.Answer, "r1", 2L), (OwnerboundKind.Heartbeat, "h1", 3L)],
            frames.Select(frame => (frame.Kind, frame.Uuid!, frame.Sequence)));
        Assert.All(frames, frame => Assert.Equal((peer.Connection.Id, First), (frame.ConnectionId, frame.Epoch)));
        Assert.Equal(("7", "m", "{\"a\" : 1}"), (frames[0].Code, frames[0].Message, frames[0].Data.ToString()));
        Assert.Equal(new ClientKey("caller", "999"), relay.Key);
    }

    [Fact]
    public async Task Connections_AreNumberedEachForItself()
    {
        var (one, _) = await _gateway.OpenAsync("1", 100);
        var (two, _) = await _gateway.OpenAsync("2", 200);
        await one.SendAsync(Wire.Query("a"));
        await Owner1.AcceptAsync(1);
        await two.SendAsync(Wire.Query("b"));
        var frame = Assert.Single(await Owner1.AcceptAsync(1));
        Assert.Equal((two.Connection.Id, 200L, 1L, "b"), (frame.ConnectionId, frame.Epoch, frame.Sequence, frame.Uuid));
    }

    [Fact]
    public async Task SixtyFourUnderWay_TheReaderPauses_AndGoesOnOnceHalfIsThere()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        var first = await Owner1.Deliveries.NextAsync();
        foreach (var number in Enumerable.Range(2, 31))
        {
            await peer.SendAsync(Wire.Query($"{number}"));
        }

        await peer.SettledAsync();
        first.Accept();
        var second = await Owner1.Deliveries.NextAsync();
        Assert.Equal(31, second.Frames.Length);
        foreach (var number in Enumerable.Range(33, 33))
        {
            await peer.SendAsync(Wire.Query($"{number}"));
        }

        // 2 to 65 are under way. One more is read, and held; the next one stays where it is.
        await peer.SettledAsync();
        await peer.SendAsync(Wire.Query("66"));
        await Eventually.True(() => peer.Sockets.BytesWaitingForServer == 0);
        await peer.SendAsync(Wire.Query("67"));
        Assert.False(peer.Sockets.ServerHasReadAllAsync().IsCompleted);

        // With the first half the owner has 2 to 32; 33 are still under way, and that is too many.
        second.Accept();
        var third = await Owner1.Deliveries.NextAsync();
        Assert.Equal(Enumerable.Range(33, 33).Select(number => (long)number), third.Frames.Select(frame => frame.Sequence));
        Assert.False(peer.Sockets.ServerHasReadAllAsync().IsCompleted);
        Assert.InRange(peer.Sockets.BytesWaitingForServer, 1, int.MaxValue);

        third.Accept();
        Assert.Equal(["66", "67"], (await Owner1.AcceptAsync(2)).Select(frame => frame.Uuid));
        await peer.SettledAsync();
    }

    [Fact]
    public async Task ManyBytesUnderWay_TheReaderPausesToo()
    {
        var (peer, _) = await _gateway.OpenAsync();
        var data = $"\"{new string('x', 60_000)}\"";
        foreach (var number in Enumerable.Range(1, 5))
        {
            await peer.SendAsync(Wire.Query($"{number}", data));
        }

        await peer.SettledAsync();
        await peer.SendAsync(Wire.Query("6", data));
        var sending = peer.SendAsync(Wire.Query("7", data));
        await Eventually.True(() => peer.Sockets.BytesWaitingForServer == 16 * 1024);
        Assert.False(sending.IsCompleted);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], (await Owner1.AcceptAsync(7)).Select(frame => frame.Uuid));
        await sending;
    }

    [Fact]
    public async Task Paused_TheConnectionIsClosed_ItStillEnds()
    {
        var (peer, _) = await _gateway.OpenAsync();
        foreach (var number in Enumerable.Range(1, 65))
        {
            await peer.SendAsync(Wire.Query($"{number}"));
        }

        var delivery = await Owner1.Deliveries.NextAsync();
        await Eventually.True(() => peer.Sockets.BytesWaitingForServer == 0);
        peer.Connection.Close(CloseCode.Draining);
        await peer.CloseFrameAsync(CloseCode.Draining);
        peer.Socket.Abort();

        // It ends once the owner has answered, or is gone.
        delivery.Accept();
        await Owner1.AcceptAsync(65 - delivery.Frames.Length + 1);
        await peer.Running.DefaultTimeout();
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task TheOwnerIsOverrun_TheConnectionIsClosedWith4005()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        (await Owner1.Deliveries.NextAsync()).RejectAll(RejectReason.Overflow);
        await peer.ClosedAsync(CloseCode.RateLimited);
        Assert.Equal([CloseCode.RateLimited], (await Owner1.AcceptAsync(1)).Select(frame => frame.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ADeliveryFails_ItIsSentAgainUnderItsNumber()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        var first = await Owner1.Deliveries.NextAsync();
        first.Fail();
        var again = await _gateway.AdvanceUntilAsync(Owner1.Deliveries, TimeSpan.FromMilliseconds(10));
        Assert.Equal(first.Batch, again.Batch);
        again.Accept();
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    // ---- Attaching again --------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(RejectReason.NotAttached)]
    [InlineData(RejectReason.StaleEpoch)]
    public async Task Rejected_AttachesAgain_AndEverythingUnderWayIsSentAgainInOrder(RejectReason reason)
    {
        var peer = _gateway.Connect();
        await peer.SendAsync("""{"sessionType":"0001","data":{"clientId":"999","heartbeatReply":true,"token":"t"}}""");
        (await _gateway.Grains.Attaches.NextAsync()).Attach(First);
        await peer.ReceiveAsync();
        var connectedAt = _gateway.Time.GetUtcNow();
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(Wire.Query("1"));
        var first = await Owner1.Deliveries.NextAsync();
        await peer.SendAsync(Wire.Query("2"));
        await peer.SendAsync(Wire.Query("3"));
        await peer.SettledAsync();

        first.RejectAll(reason);

        // What it had queued for the first owner is refused there as well.
        var second = await Owner1.Deliveries.NextAsync();
        Assert.Equal(["2", "3"], second.Frames.Select(frame => frame.Uuid));
        second.RejectAll(reason);
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(
            new AttachRequest
            {
                Gateway = Members.Gateway,
                GatewayName = "gateway1",
                ConnectionId = peer.Connection.Id,
                RemoteAddress = "192.0.2.7",
                HeartbeatReply = true,
                OpenAge = TimeSpan.FromSeconds(1),
                Resume = new Resume(First, First, connectedAt),
                Requests = RequestLedger.Empty,
                OpenedAt = connectedAt,
            },
            attach.Request);

        // What the client says meanwhile waits for its turn.
        await peer.SendAsync(Wire.Query("4"));
        await peer.SettledAsync();
        attach.Attach(Second, owner: Members.Owner2);
        Assert.Equal(
            [("1", 1L, Second), ("2", 2L, Second), ("3", 3L, Second), ("4", 4L, Second)],
            (await Owner2.AcceptAsync(4)).Select(frame => (frame.Uuid!, frame.Sequence, frame.Epoch)));

        await peer.SendAsync(Wire.Query("5"));
        Assert.Equal([5L], (await Owner2.AcceptAsync(1)).Select(frame => frame.Sequence));
        Assert.Equal((0, 0), (_gateway.Grains.Attaches.Count, Owner1.Deliveries.Count));
    }

    [Fact]
    public async Task Rejected_ButWithAnOldEpoch_ChangesNothing()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        var first = await Owner1.Deliveries.NextAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, owner: Members.Owner2);
        await Owner2.AcceptAsync(1);

        first.RejectAll(RejectReason.StaleEpoch);

        await peer.SendAsync(Wire.Query("2"));
        Assert.Equal([2L], (await Owner2.AcceptAsync(1)).Select(frame => frame.Sequence));
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    [Fact]
    public async Task Resume_TwiceOver_CarriesTheFirstOpenAndTheLastEpoch()
    {
        var (_, relay) = await _gateway.OpenAsync();
        var connectedAt = _gateway.Time.GetUtcNow();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second);
        await Eventually.True(() => relay.Accept(Frame(ClientboundKind.Reattach, Second)) is null && _gateway.Grains.Attaches.Count == 1);
        Assert.Equal(new Resume(First, Second, connectedAt), (await _gateway.Grains.Attaches.NextAsync()).Request.Resume);
    }

    [Fact]
    public async Task Resume_WhatTheOwnerHasSeen_IsNotSentAgain()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        foreach (var uuid in (string[])["1", "2", "3"])
        {
            await peer.SendAsync(Wire.Query(uuid));
        }

        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, lastSequence: 2, Members.Owner2);
        Assert.Equal([("3", 3L)], (await Owner2.AcceptAsync(1)).Select(frame => (frame.Uuid!, frame.Sequence)));
    }

    [Fact]
    public async Task Resume_TheOwnerHasSeenEverythingWhileTheReaderWaited_TheReaderGoesOn()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        foreach (var number in Enumerable.Range(1, 65))
        {
            await peer.SendAsync(Wire.Query($"{number}"));
        }

        await Eventually.True(() => peer.Sockets.BytesWaitingForServer == 0);
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, lastSequence: 64, Members.Owner2);
        Assert.Equal([("65", 65L)], (await Owner2.AcceptAsync(1)).Select(frame => (frame.Uuid!, frame.Sequence)));
        await peer.SettledAsync();
    }

    [Fact]
    public async Task TheOwnerDies_ItsConnectionsAttachAgain_ThoseOfOthersDoNot()
    {
        var (one, _) = await _gateway.OpenAsync("1");
        var two = _gateway.Connect();
        await two.SendAsync(Wire.Open("2"));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(200, owner: Members.Owner2);
        await two.ReceiveAsync();

        // The first has never said a word since it opened.
        _gateway.Membership.Kill(Members.Owner1);

        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(("caller/1", one.Connection.Id), (attach.Client, attach.Request.ConnectionId));
        attach.Attach(Second, owner: Members.Owner2);
        await one.SendAsync(Wire.Query("a"));
        Assert.Equal([(1L, Second)], (await Owner2.AcceptAsync(1)).Select(frame => (frame.Sequence, frame.Epoch)));
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    [Fact]
    public async Task TheNextOwnerDiesAsItAnswers_ItsConnectionsAttachOnceMore()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        foreach (var uuid in (string[])["1", "2", "3"])
        {
            await peer.SendAsync(Wire.Query(uuid));
        }

        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        _gateway.Membership.Kill(Members.Owner2);
        attach.Attach(Second, owner: Members.Owner2);

        var again = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal((First, Second), (again.Request.Resume!.OpenEpoch, again.Request.Resume.Epoch));
        again.Attach(102, owner: Members.Owner(3));
        Assert.Equal(
            [("1", 102L), ("2", 102L), ("3", 102L)],
            (await _gateway.Owners[Members.Owner(3)].AcceptAsync(3)).Select(frame => (frame.Uuid!, frame.Epoch)));
        await IsStillOpenAsync(peer, _gateway.Owners[Members.Owner(3)]);
    }

    [Fact]
    public async Task TheNextOwnerSendsItAwayAtOnce_ItAttachesOnceMore()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        await peer.SendAsync(Wire.Query("2"));
        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach, Second)));
        attach.Attach(Second, owner: Members.Owner2);

        (await _gateway.Grains.Attaches.NextAsync()).Attach(102, owner: Members.Owner(3));
        Assert.Equal(
            [("1", 102L), ("2", 102L)],
            (await _gateway.Owners[Members.Owner(3)].AcceptAsync(2)).Select(frame => (frame.Uuid!, frame.Epoch)));
        await IsStillOpenAsync(peer, _gateway.Owners[Members.Owner(3)]);
    }

    [Fact]
    public async Task TheOwnerIsUnreachable_ItsConnectionsAreClosedWith4004_AndItHearsOfItOnceItAnswers()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        var delivery = await _gateway.Owner.Deliveries.NextAsync();

        await _gateway.SilenceAsync(Members.Owner1);
        Assert.Equal((1, 1), (_gateway.Links.SilentCount, _gateway.Connections.Count));
        _gateway.Membership.IsReadable = false;
        _gateway.Links.Get(Members.Owner1).Look(3 * TestLinks.Patience);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((PeerReach.Silent, 1), (_gateway.Links.ReachOf(Members.Owner1), _gateway.Connections.Count));

        // Nobody could have declared it dead until now.
        _gateway.Membership.IsReadable = true;
        await _gateway.StepUntilAsync(() => _gateway.Links.ReachOf(Members.Owner1) == PeerReach.Unreachable, TimeSpan.FromSeconds(1));
        await peer.ClosedAsync(CloseCode.OwnerUnavailable);

        delivery.Accept();
        Assert.Equal(OwnerboundKind.Closed, Assert.Single(await _gateway.Owner.AcceptAsync(1)).Kind);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task NoOwnerForThirtySeconds_TheConnectionIsClosedWith4004()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        var started = _gateway.Time.GetTimestamp();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        await Eventually.True(async () =>
        {
            if (_gateway.Grains.Attaches.Count > 0)
            {
                (await _gateway.Grains.Attaches.NextAsync()).Fail();
            }
            else
            {
                _gateway.Time.Advance(TimeSpan.FromMilliseconds(500));
            }

            return _gateway.Relays.Count == 0;
        });

        await peer.ClosedAsync(CloseCode.OwnerUnavailable);
        Assert.InRange(_gateway.Time.GetElapsedTime(started), TimeSpan.FromSeconds(28), TimeSpan.FromMinutes(5));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ReattachRefused_TheConnectionIsClosedWithThatCode()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Refuse(CloseCode.Banned, "spam");
        await peer.ClosedAsync(CloseCode.Banned);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ReattachSuperseded_TheConnectionIsClosedWith4502()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Supersede();
        await peer.ClosedAsync(CloseCode.Superseded);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task AttachedAgain_AHeartStillUnderWay_IsNotCountedTwice()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Heart("1"));
        Assert.Equal([TimeSpan.Zero], (await Owner1.AcceptAsync(1)).Select(frame => frame.Age));
        await ReceiptsAreInAsync(peer, Owner1);
        _gateway.Time.Advance(TimeSpan.FromSeconds(45));
        await peer.SendAsync(Wire.Heart("2"));
        await peer.SettledAsync();
        _gateway.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));

        // The owner is about to hear the second HEART for the first time: the last one it knows of is the first.
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(47), attach.Request.LastHeartbeatAge);
        attach.Attach(Second, lastSequence: 2, Members.Owner2);
        Assert.Equal([("2", 3L, TimeSpan.FromSeconds(2))], (await Owner2.AcceptAsync(1)).Select(frame => (frame.Uuid!, frame.Sequence, frame.Age)));

        // Now it has it.
        await ReceiptsAreInAsync(peer, Owner2);
        await Eventually.True(() => relay.Accept(Frame(ClientboundKind.Reattach, Second)) is null && _gateway.Grains.Attaches.Count == 1);
        Assert.Equal(TimeSpan.FromSeconds(2), (await _gateway.Grains.Attaches.NextAsync()).Request.LastHeartbeatAge);
    }

    [Fact]
    public async Task AttachedAgain_TheHeartWasSeen_CountsOnceToo()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Heart("1"));
        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second, lastSequence: 1, Members.Owner2);

        // Less than an attempt may take: its answer may not be here yet.
        _gateway.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.True(() => relay.Accept(Frame(ClientboundKind.Reattach, Second)) is null && _gateway.Grains.Attaches.Count == 1);
        Assert.Equal(TimeSpan.FromSeconds(2), (await _gateway.Grains.Attaches.NextAsync()).Request.LastHeartbeatAge);
    }

    // ---- What the owner says ----------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(ClientboundKind.Request, "0002")]
    [InlineData(ClientboundKind.Message, "0002")]
    [InlineData(ClientboundKind.Answer, "0003")]
    [InlineData(ClientboundKind.Heartbeat, "0000")]
    public async Task Accept_GoesOutAsItsSessionType(ClientboundKind kind, string sessionType)
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("u"));
        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(kind) with
        {
            Sequence = 1,
            Uuid = "u",
            Code = "-1",
            Message = "m",
            Data = JsonPayload.Parse("{ \"a\":1e400}"),
            Error = new ErrorDetail("x", Retryable: true),
        }));
        Assert.Equal(
            $$$"""{"code":"-1","msg":"m","sessionType":"{{{sessionType}}}","sessionTime":{{{Wire.Now(_gateway)}}},"data":{ "a":1e400},"uuid":"u","error":{"code":"x","retryable":true}}""",
            await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Accept_AnOlderEpoch_IsRefusedAndHasNoEffect()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Close, First - 1)));
        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Request, First - 1, "old")));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Request, First, "right")));
        Assert.Contains("\"right\"", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    [Fact]
    public async Task Accept_ANewerEpoch_IsRefusedAndTheConnectionAttachesAgainAlthoughTheClientIsSilent()
    {
        // An attach that was given up reaches the owner after the one that was answered.
        var (peer, relay) = await _gateway.OpenAsync();
        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Request, Second, "early")));

        (await _gateway.Grains.Attaches.NextAsync()).Attach(Second + 1);
        await Eventually.True(() => relay.Accept(Frame(ClientboundKind.Request, Second + 1, "right")) is null);
        Assert.Contains("\"right\"", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    [Fact]
    public async Task Accept_BeforeTheOpenIsAnswered_ComesAfterTheAnswer()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        var relay = _gateway.Relays.Find(peer.Connection.Id)!;
        Assert.Null(relay.Accept(Frame(ClientboundKind.Request, First - 1, "of an attach whose answer was lost")));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Request, First, "1")));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Request, First, "2")));
        attach.Attach(First);

        // All of them: their owner was told that they arrived, and this connection is the one they are for.
        Assert.Equal(Wire.OpenAnswer(_gateway, "999"), await peer.ReceiveAsync());
        Assert.EndsWith("\"uuid\":\"of an attach whose answer was lost\"}", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.EndsWith("\"uuid\":\"1\"}", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.EndsWith("\"uuid\":\"2\"}", await peer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_WhileAttachingAgain_TheOldEpochsFramesPassAndTheNewOnesWait()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Heartbeat, Second, "new")));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Heartbeat, First, "old")));
        Assert.EndsWith("\"uuid\":\"old\"}", await peer.ReceiveAsync(), StringComparison.Ordinal);
        attach.Attach(Second);
        Assert.EndsWith("\"uuid\":\"new\"}", await peer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Heartbeat, First, "late")));
    }

    [Fact]
    public async Task Accept_TooManyEarlyFrames_AreRefused()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        await _gateway.Grains.Attaches.NextAsync();
        var relay = _gateway.Relays.Find(peer.Connection.Id)!;
        for (var i = 0; i < 1024; i++)
        {
            Assert.Null(relay.Accept(Frame(ClientboundKind.Request)));
        }

        Assert.Equal(RejectReason.StaleEpoch, relay.Accept(Frame(ClientboundKind.Request)));
    }

    [Fact]
    public async Task Accept_ThePeerDoesNotRead_OverflowsAndIsClosedWith4002()
    {
        var (peer, relay) = await _gateway.OpenAsync(type: TestGateway.Caller with { OutboundBufferBytes = 64 * 1024 }, capacity: 1024);
        var frame = Frame(ClientboundKind.Request) with { Data = JsonPayload.From(new string('x', 10_000)) };
        RejectReason? reason;
        while ((reason = relay.Accept(frame)) is null)
        {
        }

        Assert.Equal(RejectReason.Overflow, reason);
        Assert.Equal(RejectReason.NotAttached, relay.Accept(frame));
        peer.Socket.Abort();
        Assert.Equal([CloseCode.SlowConsumer], (await Owner1.AcceptAsync(1)).Select(last => last.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Accept_Close_ClosesWithItsCodeAfterWhatWasQueued()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Heartbeat, First, "1")));
        Assert.Null(relay.Accept(Frame(ClientboundKind.Close) with { CloseCode = CloseCode.HeartbeatTooFrequent }));
        Assert.EndsWith("\"uuid\":\"1\"}", await peer.ReceiveAsync(), StringComparison.Ordinal);
        await peer.ClosedAsync(CloseCode.HeartbeatTooFrequent);
        var last = Assert.Single(await Owner1.AcceptAsync(1));
        Assert.Equal((OwnerboundKind.Closed, CloseCode.HeartbeatTooFrequent), (last.Kind, last.CloseCode));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Accept_Ended_IsRefused()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.LeaveAsync();
        await peer.Running.DefaultTimeout();
        Assert.Equal(RejectReason.NotAttached, relay.Accept(Frame(ClientboundKind.Request)));
        await Owner1.AcceptAsync(1);
        await _gateway.NothingIsLeftAsync();
        Assert.Equal(RejectReason.NotAttached, relay.Accept(Frame(ClientboundKind.Request)));
    }

    // ---- The end ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task EndedWhileAttachingAgain_TheNewOwnerHearsEverythingAndThenTheEnd()
    {
        var (peer, relay) = await _gateway.OpenAsync();
        await peer.SendAsync(Wire.Answer("1"));
        await peer.SettledAsync();
        Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        await peer.LeaveAsync();
        await peer.Running.DefaultTimeout();
        Assert.Equal(1, _gateway.Relays.Count);

        attach.Attach(Second, owner: Members.Owner2);
        Assert.Equal(
            [(OwnerboundKind.Answer, 1L, Second), (OwnerboundKind.Closed, 2L, Second)],
            (await Owner2.AcceptAsync(2)).Select(frame => (frame.Kind, frame.Sequence, frame.Epoch)));
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task EndedWhileItsOpenIsAnswered_TheOwnerHearsTheEnd()
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        var attach = await _gateway.Grains.Attaches.NextAsync();
        peer.Socket.Abort();
        attach.Attach(First);
        Assert.Equal([(OwnerboundKind.Closed, First)], (await Owner1.AcceptAsync(1)).Select(frame => (frame.Kind, frame.Epoch)));
        await _gateway.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(RejectReason.NotAttached)]
    [InlineData(RejectReason.StaleEpoch)]
    public async Task ItsLastWordIsRejected_TheGrainIsTold(RejectReason reason)
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.LeaveAsync();
        (await Owner1.Deliveries.NextAsync()).RejectAll(reason);
        Assert.Equal(("caller/999", Members.Gateway, peer.Connection.Id), await _gateway.Grains.Detaches.NextAsync());
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ItsOwnerDiesBeforeItsLastWord_TheGrainIsTold()
    {
        var (peer, _) = await _gateway.OpenAsync();
        await peer.LeaveAsync();
        await Owner1.Deliveries.NextAsync();
        _gateway.Membership.Kill(Members.Owner1);
        Assert.Equal(("caller/999", Members.Gateway, peer.Connection.Id), await _gateway.Grains.Detaches.NextAsync());
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task EndedWhileAttachingAgain_SupersededOrRefused_NothingIsLeft()
    {
        foreach (var superseded in (bool[])[true, false])
        {
            var (peer, relay) = await _gateway.OpenAsync();
            Assert.Null(relay.Accept(Frame(ClientboundKind.Reattach)));
            var attach = await _gateway.Grains.Attaches.NextAsync();
            await peer.LeaveAsync();
            if (superseded)
            {
                attach.Supersede();
            }
            else
            {
                attach.Refuse(CloseCode.Banned, "spam");
            }

            await _gateway.NothingIsLeftAsync();
        }
    }

    // One batch at a time: the next one comes only once the gateway has dealt with the receipt of the one before.
    private static async Task ReceiptsAreInAsync(TestPeer peer, TestOwner owner)
    {
        await peer.SendAsync(Wire.Query("next"));
        Assert.Equal(["next"], (await owner.AcceptAsync(1)).Select(frame => frame.Uuid));
    }

    private async Task IsStillOpenAsync(TestPeer peer, TestOwner owner)
    {
        await peer.SendAsync(Wire.Query("still open"));
        Assert.Equal(["still open"], (await owner.AcceptAsync(1)).Select(frame => frame.Uuid));
        Assert.Equal((1, 0), (_gateway.Relays.Count, _gateway.Grains.Attaches.Count));
    }

    private static ClientboundFrame Frame(ClientboundKind kind, long epoch = First, string? uuid = null) => new()
    {
        Kind = kind,
        Epoch = epoch,
        Uuid = uuid,
        Code = "0",
        CloseCode = kind == ClientboundKind.Close ? CloseCode.Superseded : default,
    };
}
