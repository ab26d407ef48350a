using Orleans.Runtime;
using Swp.Cluster.Limits;
using Swp.Grains.Sessions;
using Swp.Grains.Storage;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Sessions;

public sealed class ClientSessionTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(45);

    private readonly HostileTimeProvider _time = new();
    private readonly ClientSession _session;

    public ClientSessionTests() => _session = new ClientSession(_time);

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void Limits_None_NothingIsKept()
    {
        _session.Limit(default);
        Attach(Open(Members.Gateway1, 1));
        Assert.Null(_session.Limiter);
        Assert.Null(_session.ToRecord().Allowance);
    }

    [Fact]
    public void Limits_WhatIsUsedUp_IsRememberedForTheNextActivation()
    {
        _session.Limit(Limits);
        Attach(Open(Members.Gateway1, 1));
        Assert.Null(_session.ToRecord().Allowance);
        for (var i = 0; i < 8; i++)
        {
            _session.Limiter!.Charge(100);
        }

        var record = _session.ToRecord();
        Assert.Equal(new AllowanceRecord(Now.AddSeconds(8), Now.AddSeconds(0.8)), record.Allowance);

        _time.Advance(TimeSpan.FromSeconds(3));
        var next = new ClientSession(_time);
        next.Limit(Limits);
        next.Restore(record, gatewayIsAlive: true);
        Assert.Equal(new SpentAllowance(TimeSpan.FromSeconds(5), TimeSpan.Zero), next.Limiter!.Spent);
    }

    [Fact]
    public void Limits_TheWallClockIsSetBack_ARestoredClientWaitsForNoMoreThanItsBurst()
    {
        _session.Limit(Limits);
        _session.Limiter!.Charge(100);
        var record = _session.ToRecord();
        _time.SetWallClock(TimeSpan.FromDays(-3));
        var next = new ClientSession(_time);
        next.Limit(Limits);
        next.Restore(record, gatewayIsAlive: false);
        Assert.Equal(TimeSpan.FromSeconds(1), next.Limiter!.TryTake(0));
    }

    private static ClientRates Limits => new(new Rate(1, 10), new Rate(1_000, 5_000));

    [Fact]
    public void New_IsAStranger()
    {
        Assert.False(_session.IsKnown);
        Assert.Null(_session.Current);
        Assert.Null(_session.LastSeen);
        Assert.Null(_session.LastHeartbeat);
        Assert.Null(_session.Awaited);
        Assert.Equal(0, _session.Epoch);
    }

    [Fact]
    public void Attach_First_SpeaksForTheClient()
    {
        var verdict = _session.Attach(Open(Members.Gateway1, 7) with { RemoteAddress = "10.0.0.1", HeartbeatReply = true });

        Assert.Null(verdict.Superseded);
        Assert.Same(verdict.Attached, _session.Current);
        var attached = verdict.Attached!;
        Assert.Equal(Members.Gateway1, attached.Gateway);
        Assert.Equal((7, "gateway", "10.0.0.1"), (attached.ConnectionId, attached.GatewayName, attached.RemoteAddress));
        Assert.Equal((Now, true, 0), (attached.ConnectedAt, attached.HeartbeatReply, attached.LastSequence));
        Assert.Equal(Now.ToUnixTimeMilliseconds(), attached.Epoch);
        Assert.Equal(attached.Epoch, attached.OpenEpoch);
        Assert.Equal(attached.Epoch, _session.Epoch);
        Assert.True(_session.IsKnown);
        Assert.Equal(Now, _session.LastSeen);
    }

    [Fact]
    public void Attach_TheSameOpenIsCarriedOutTwice_TheConnectionDoesNotSupersedeItself()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        var second = Attach(Open(Members.Gateway1, 1));
        Assert.Equal(first.OpenEpoch, second.OpenEpoch);
        Assert.True(second.Epoch > first.Epoch);

        var verdict = _session.Attach(ResumeOf(first));
        Assert.NotNull(verdict.Attached);
        Assert.True(verdict.Continued);
        Assert.Null(verdict.Superseded);
    }

    // ---- Epochs -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Epoch_SameInstant_Grows()
    {
        var first = Attach(Open(Members.Gateway1, 1)).Epoch;
        Assert.Equal(first + 1, Attach(Open(Members.Gateway1, 2)).Epoch);
        Assert.Equal(first + 2, Attach(Open(Members.Gateway1, 3)).Epoch);
    }

    [Fact]
    public void Epoch_ClockSetBack_Grows()
    {
        var first = Attach(Open(Members.Gateway1, 1)).Epoch;
        _time.SetWallClock(TimeSpan.FromDays(-400));
        Assert.Equal(first + 1, Attach(Open(Members.Gateway1, 2)).Epoch);
    }

    [Fact]
    public void Epoch_RecordLost_IsAboveTheGatewaysOwn()
    {
        var before = Attach(Open(Members.Gateway1, 1));
        _time.SetWallClock(TimeSpan.FromHours(-1));

        var next = new ClientSession(_time).Attach(ResumeOf(before)).Attached!;

        Assert.Equal(before.Epoch + 1, next.Epoch);
        Assert.Equal(before.OpenEpoch, next.OpenEpoch);
    }

    [Fact]
    public void Epoch_RecordLostAndANewOpen_IsAboveTheOldOneByTheClock()
    {
        var before = Attach(Open(Members.Gateway1, 1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(before.Epoch + 1, new ClientSession(_time).Attach(Open(Members.Gateway2, 1)).Attached!.Epoch);
    }

    [Fact]
    public void Epoch_StaleRecord_IsAboveTheGatewaysOwn()
    {
        Attach(Open(Members.Gateway1, 1));
        var stale = _session.ToRecord();
        var second = Attach(Open(Members.Gateway1, 2));
        _time.SetWallClock(TimeSpan.FromHours(-1));

        var next = new ClientSession(_time);
        next.Restore(stale, gatewayIsAlive: true);

        Assert.Equal(second.Epoch + 1, next.Attach(ResumeOf(second)).Attached!.Epoch);
    }

    // ---- Who speaks -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Attach_SecondOpen_SupersedesTheFirst()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        var verdict = _session.Attach(Open(Members.Gateway2, 1));

        Assert.Same(first, verdict.Superseded);
        Assert.Same(verdict.Attached, _session.Current);
        Assert.Equal(Members.Gateway2, _session.Current!.Gateway);
    }

    [Fact]
    public void Attach_SameConnectionAgain_SupersedesNobody()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        var verdict = _session.Attach(ResumeOf(first));
        Assert.Null(verdict.Superseded);
        Assert.True(verdict.Attached!.Epoch > first.Epoch);
        Assert.Equal((first.OpenEpoch, first.ConnectedAt), (verdict.Attached.OpenEpoch, verdict.Attached.ConnectedAt));
    }

    [Fact]
    public void Attach_ResumeOfASupersededConnection_IsSupersededAndChangesNothing()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        var second = Attach(Open(Members.Gateway2, 2));

        var verdict = _session.Attach(ResumeOf(first));

        Assert.Equal(new AttachVerdict(null, null), verdict);
        Assert.Same(second, _session.Current);
        Assert.Equal(second.Epoch, _session.Epoch);
    }

    [Fact]
    public void Attach_ResumeOfASupersededConnectionAfterTheNewestLeft_IsStillSuperseded()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        Attach(Open(Members.Gateway2, 2));
        _session.Detach(Members.Gateway2, 2);

        Assert.Null(_session.Attach(ResumeOf(first)).Attached);
        Assert.Null(_session.Current);
    }

    [Fact]
    public void Attach_ResumeOfASupersededConnectionAtTheNextOwner_IsSuperseded()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        Attach(Open(Members.Gateway2, 2));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);

        Assert.Null(next.Attach(ResumeOf(first)).Attached);
        Assert.NotNull(next.Awaited);
    }

    [Fact]
    public void Attach_BothResumeAfterTheRecordWasLost_TheNewestOpenWinsInEitherOrder()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        var second = Attach(Open(Members.Gateway2, 2));

        var oldFirst = new ClientSession(_time);
        var attachedFirst = oldFirst.Attach(ResumeOf(first)).Attached;
        var verdict = oldFirst.Attach(ResumeOf(second));
        Assert.NotNull(attachedFirst);
        Assert.Same(attachedFirst, verdict.Superseded);
        Assert.Equal(2, oldFirst.Current!.ConnectionId);

        var newFirst = new ClientSession(_time);
        newFirst.Attach(ResumeOf(second));
        Assert.Null(newFirst.Attach(ResumeOf(first)).Attached);
        Assert.Equal(2, newFirst.Current!.ConnectionId);
    }

    // ---- Frames -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void TryAdmit_EachSequenceOnce()
    {
        Attach(Open(Members.Gateway1, 1));
        Assert.True(_session.TryAdmit(Members.Gateway1, Frame(1, 1)));
        Assert.False(_session.TryAdmit(Members.Gateway1, Frame(1, 1)));
        Assert.True(_session.TryAdmit(Members.Gateway1, Frame(1, 2)));
        Assert.False(_session.TryAdmit(Members.Gateway1, Frame(1, 1)));
        Assert.True(_session.TryAdmit(Members.Gateway1, Frame(1, 5)));
        Assert.Equal(5, _session.Current!.LastSequence);
    }

    [Fact]
    public void TryAdmit_AnotherConnectionsFrame_HasNoEffect()
    {
        Attach(Open(Members.Gateway1, 1));
        Attach(Open(Members.Gateway1, 2));
        Assert.False(_session.TryAdmit(Members.Gateway1, Frame(1, 100)));
        Assert.Equal(0, _session.Current!.LastSequence);
    }

    [Fact]
    public void TryAdmit_AnotherGatewaysConnectionOfTheSameNumber_HasNoEffect()
    {
        Attach(Open(Members.Gateway1, 1));
        Attach(Open(Members.Gateway2, 1));
        Assert.False(_session.TryAdmit(Members.Gateway1, Frame(1, 100)));
        Assert.Equal(0, _session.Current!.LastSequence);
        Assert.True(_session.TryAdmit(Members.Gateway2, Frame(1, 1)));
    }

    [Fact]
    public void TryAdmit_NobodyAttached_HasNoEffect() => Assert.False(_session.TryAdmit(Members.Gateway1, Frame(1, 1)));

    [Fact]
    public void TryAdmit_MovesLastSeen()
    {
        Attach(Open(Members.Gateway1, 1));
        _time.Advance(TimeSpan.FromSeconds(3));
        _session.TryAdmit(Members.Gateway1, Frame(1, 1));
        Assert.Equal(Now, _session.LastSeen);

        var seen = Now;
        _time.Advance(TimeSpan.FromSeconds(3));
        _session.TryAdmit(Members.Gateway1, Frame(1, 1));
        Assert.Equal(seen, _session.LastSeen);
    }

    [Fact]
    public void Attach_SameConnectionAgain_KeepsWhatItHasSeen()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        _session.TryAdmit(Members.Gateway1, Frame(1, 9));

        Assert.Equal(9, Attach(ResumeOf(first)).LastSequence);
        Assert.False(_session.TryAdmit(Members.Gateway1, Frame(1, 9)));
        Assert.True(_session.TryAdmit(Members.Gateway1, Frame(1, 10)));
    }

    [Fact]
    public void Attach_SameConnectionAtTheNextOwner_KeepsWhatTheRecordHasSeen()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        _session.TryAdmit(Members.Gateway1, Frame(1, 9));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);

        Assert.Equal(9, next.Attach(ResumeOf(first)).Attached!.LastSequence);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Attach_AnotherConnection_StartsFromZero(int gateway, long connectionId)
    {
        Attach(Open(Members.Gateway1, 1));
        _session.TryAdmit(Members.Gateway1, Frame(1, 9));
        Assert.Equal(0, Attach(Open(Members.Gateway(gateway), connectionId)).LastSequence);
    }

    // ---- Heartbeats -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Beat_TooSoon_IsRefusedByTheMissingTime()
    {
        Attach(Open(Members.Gateway1, 1));
        Assert.Null(_session.Beat(Interval));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(TimeSpan.FromSeconds(-5), _session.Beat(Interval));
        Assert.Equal(Now, _session.LastHeartbeat);
    }

    [Fact]
    public void Beat_AfterTheOwnerMoved_CountsFromTheLastOne()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        _session.Beat(Interval);
        _time.Advance(TimeSpan.FromSeconds(30));

        // The clocks of two owners differ: an age means the same on both.
        _time.SetWallClock(TimeSpan.FromHours(5));
        var next = new ClientSession(_time);
        next.Attach(ResumeOf(first) with { LastHeartbeatAge = TimeSpan.FromSeconds(30) });
        Assert.Equal(Now.AddSeconds(-30), next.LastHeartbeat);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(-5), next.Beat(Interval));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(next.Beat(Interval));
    }

    [Fact]
    public void Beat_ThatWaitedForItsOwner_CountsFromWhenItCame()
    {
        Attach(Open(Members.Gateway1, 1));
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Null(_session.Beat(Interval, age: TimeSpan.FromSeconds(7)));
        Assert.Equal(Now.AddSeconds(-7), _session.LastHeartbeat);
        _time.Advance(TimeSpan.FromSeconds(38));
        Assert.Null(_session.Beat(Interval));
    }

    [Fact]
    public void Beat_FirstOfANewConnection_IsAccepted()
    {
        Attach(Open(Members.Gateway1, 1));
        _session.Beat(Interval);
        Attach(Open(Members.Gateway1, 2));
        Assert.Null(_session.Beat(Interval));
    }

    // ---- Ending -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Detach_Current_EndsIt()
    {
        var attached = Attach(Open(Members.Gateway1, 1));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(attached, _session.Detach(Members.Gateway1, 1));
        Assert.Null(_session.Current);
        Assert.True(_session.IsKnown);
        Assert.Equal(Now, _session.LastSeen);
        Assert.Null(_session.Detach(Members.Gateway1, 1));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Detach_AnotherConnection_ChangesNothing(int gateway, long connectionId)
    {
        var attached = Attach(Open(Members.Gateway1, 1));
        var seen = _session.LastSeen;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_session.Detach(Members.Gateway(gateway), connectionId));
        Assert.Same(attached, _session.Current);
        Assert.Equal(seen, _session.LastSeen);
    }

    // ---- What is remembered -----------------------------------------------------------------------------------------------------------

    [Fact]
    public void Restore_Attached_IsAwaitedUntilTheGraceIsOver()
    {
        Attach(Open(Members.Gateway1, 1));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);

        Assert.Null(next.Current);
        Assert.Equal((Members.Gateway1, 1L), (next.Awaited!.Gateway, next.Awaited.ConnectionId));
        Assert.Equal(ClientSession.ResumeGrace, next.AwaitedFor);

        _time.Advance(ClientSession.ResumeGrace - TimeSpan.FromTicks(1));
        Assert.NotNull(next.Awaited);
        Assert.Equal(TimeSpan.FromTicks(1), next.AwaitedFor);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(next.Awaited);
        Assert.Equal(TimeSpan.Zero, next.AwaitedFor);
        Assert.Null(next.ToRecord().Attachment);
    }

    [Fact]
    public void Restore_GatewayIsGone_AwaitsNobody()
    {
        Attach(Open(Members.Gateway1, 1));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: false);
        Assert.Null(next.Awaited);
        Assert.True(next.IsKnown);
    }

    [Fact]
    public void Restore_Detached_AwaitsNobody()
    {
        Attach(Open(Members.Gateway1, 1));
        _session.Detach(Members.Gateway1, 1);
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);
        Assert.Null(next.Awaited);
        Assert.Equal(_session.LastSeen, next.LastSeen);
    }

    [Fact]
    public void Restore_EmptyRecord_IsAStranger()
    {
        _session.Restore(new ClientRecord(), gatewayIsAlive: false);
        Assert.False(_session.IsKnown);
        Assert.Null(_session.LastSeen);
    }

    [Fact]
    public void Awaited_SomebodyAttaches_IsOver()
    {
        Attach(Open(Members.Gateway1, 1));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);
        next.Attach(Open(Members.Gateway2, 1));
        next.Detach(Members.Gateway2, 1);
        Assert.Null(next.Awaited);
    }

    [Fact]
    public void Awaited_ItsConnectionEnds_IsOver()
    {
        Attach(Open(Members.Gateway1, 1));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);

        Assert.Null(next.Detach(Members.Gateway1, 2));
        Assert.NotNull(next.Awaited);
        Assert.Null(next.Detach(Members.Gateway1, 1));
        Assert.Null(next.Awaited);
    }

    [Fact]
    public void Restore_LateAfterAnAttach_KeepsTheConnectionAndMergesTheRest()
    {
        Attach(Open(Members.Gateway1, 1));
        _session.Beat(Interval);
        var stored = _session.ToRecord();
        _time.Advance(TimeSpan.FromMinutes(1));

        // The store was down when the client came back.
        var next = new ClientSession(_time);
        var attached = next.Attach(Open(Members.Gateway2, 1)).Attached;
        next.Restore(stored, gatewayIsAlive: true);

        Assert.Same(attached, next.Current);
        Assert.Null(next.Awaited);
        Assert.Equal(stored.FirstSeen, next.ToRecord().FirstSeen);
        Assert.Equal(Now, next.LastSeen);
        Assert.Equal(stored.LastHeartbeat, next.LastHeartbeat);
        Assert.Equal(attached!.Epoch, next.Epoch);
    }

    [Fact]
    public void Restore_LateAfterTheClientHasComeAndGone_AwaitsNobody()
    {
        Attach(Open(Members.Gateway1, 1));
        var stored = _session.ToRecord();
        _time.Advance(TimeSpan.FromSeconds(1));

        var next = new ClientSession(_time);
        next.Attach(Open(Members.Gateway2, 1));
        next.Detach(Members.Gateway2, 1);
        next.Restore(stored, gatewayIsAlive: true);

        Assert.Null(next.Awaited);
        Assert.Null(next.ToRecord().Attachment);
    }

    [Fact]
    public void ToRecord_Restored_IsTheSameRecord()
    {
        Attach(Open(Members.Gateway1, 1) with { RemoteAddress = "::1" });
        _time.Advance(TimeSpan.FromSeconds(1));
        _session.TryAdmit(Members.Gateway1, Frame(1, 3));
        _session.Beat(Interval);
        var record = _session.ToRecord();

        Assert.Equal(new AttachmentRecord
        {
            Gateway = Members.Gateway1,
            GatewayName = "gateway",
            ConnectionId = 1,
            ConnectedAt = Now.AddSeconds(-1),
            RemoteAddress = "::1",
            LastSequence = 3,
        }, record.Attachment);
        Assert.Equal((Now.AddSeconds(-1), Now, Now), (record.FirstSeen, record.LastSeen, record.LastHeartbeat!.Value));

        var next = new ClientSession(_time);
        next.Restore(record, gatewayIsAlive: true);
        Assert.Equal(record, next.ToRecord());
    }

    [Fact]
    public void Ban_EndsByItself()
    {
        var record = new ClientRecord { Epoch = 1, Ban = new BanRecord(Now.AddMinutes(1), "spam") };
        _session.Restore(record, gatewayIsAlive: false);
        Assert.Equal("spam", _session.Ban!.Reason);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_session.Ban);
    }

    [Fact]
    public void Ban_WithoutAnEnd_Stays()
    {
        _session.Restore(new ClientRecord { Epoch = 1, Ban = new BanRecord(null, null) }, gatewayIsAlive: false);
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.NotNull(_session.Ban);
    }

    [Fact]
    public void SetBan_AndLetInAgain_EachIsAboveTheLast()
    {
        _session.SetBan(new BanRecord(null, "spam"));
        var banned = _session.ToRecord();
        Assert.Equal((0, "spam", Now.ToUnixTimeMilliseconds()), (banned.Epoch, banned.Ban!.Reason, banned.BanVersion));

        _time.SetWallClock(TimeSpan.FromDays(-1));
        _session.SetBan(null);
        Assert.Null(_session.Ban);
        Assert.Equal((null, banned.BanVersion + 1), (_session.ToRecord().Ban, _session.ToRecord().BanVersion));
    }

    [Fact]
    public void SetBan_RecordReadLate_TheNewerOneStays()
    {
        _session.SetBan(new BanRecord(null, "spam"));
        _session.Restore(new ClientRecord { Epoch = 7, BanVersion = 1 }, gatewayIsAlive: false);
        Assert.Equal(("spam", 7), (_session.Ban!.Reason, _session.Epoch));

        _session.SetBan(null);
        _session.Restore(new ClientRecord { Epoch = 7, Ban = new BanRecord(null, "old"), BanVersion = 1 }, gatewayIsAlive: false);
        Assert.Null(_session.Ban);
    }

    [Fact]
    public void LearnBan_WrittenByAnother_OnlyWhatIsNewerCounts()
    {
        _session.LearnBan(new ClientRecord { Ban = new BanRecord(null, "one"), BanVersion = 2 });
        _session.LearnBan(new ClientRecord { BanVersion = 1 });
        Assert.Equal("one", _session.Ban!.Reason);
        _session.LearnBan(new ClientRecord { BanVersion = 3 });
        Assert.Null(_session.Ban);
        Assert.Equal(3, _session.ToRecord().BanVersion);
    }

    [Fact]
    public void Expel_TheConnectionAttachesAgain_IsToldWhyAndTheNextOpenIsTaken()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        _session.Expel(CloseCode.DisconnectedByServer);
        Assert.Same(first, _session.Detach(Members.Gateway1, 1));

        Assert.Equal(new AttachVerdict(null, null, CloseCode.DisconnectedByServer), _session.Attach(ResumeOf(first)));

        var next = Attach(Open(Members.Gateway1, 2));
        Assert.True(next.OpenEpoch > first.OpenEpoch);
        Assert.Equal(new AttachVerdict(null, null), _session.Attach(ResumeOf(first)));
        Assert.Same(next, _session.Current);
    }

    [Fact]
    public void Expel_ItsOwnerCrashedThen_TheNextOneDoesNotTakeTheConnectionEither()
    {
        var first = Attach(Open(Members.Gateway1, 1));
        _session.Expel(CloseCode.DisconnectedByServer);
        _session.Detach(Members.Gateway1, 1);

        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);

        Assert.Null(next.Awaited);
        Assert.Null(next.Attach(ResumeOf(first)).Attached);
    }

    // ---- Fights -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Attach_TakeoversInAFight_AreRefusedAndTheConnectionStays()
    {
        var live = Fight();

        Assert.Equal(new AttachVerdict(null, null, RetryAfter: TakeoverGuard.FirstWait), _session.Attach(Open(Members.Gateway2, 9)));
        Assert.Same(live, _session.Current);
        Assert.Equal(live.Epoch, _session.Epoch);

        _time.Advance(TakeoverGuard.FirstWait);
        Assert.Same(live, _session.Attach(Open(Members.Gateway2, 9)).Superseded);
    }

    [Fact]
    public void Attach_InAFightThePredecessorHasEnded_IsNotRefused()
    {
        var live = Fight();
        _session.Detach(live.Gateway, live.ConnectionId);
        Assert.NotNull(_session.Attach(Open(Members.Gateway2, 9)).Attached);
    }

    [Fact]
    public void Attach_InAFightTheConnectionItself_IsNeitherRefusedNorCounted()
    {
        var live = Fight();
        for (var again = 0; again < 10; again++)
        {
            live = Attach(ResumeOf(live));
            live = Attach(Open(live.Gateway, live.ConnectionId));
        }

        Assert.Equal(TakeoverGuard.FirstWait, _session.Attach(Open(Members.Gateway2, 9)).RetryAfter);
    }

    [Fact]
    public void Attach_NoFightYet_ResumesDoNotBringItOn()
    {
        var live = Attach(Open(Members.Gateway1, 1));
        for (var again = 0; again < 10; again++)
        {
            live = Attach(ResumeOf(live));
        }

        for (var takeover = 0; takeover < TakeoverGuard.FreeTakeovers; takeover++)
        {
            Assert.Null(_session.Attach(Open(Members.Gateway2, takeover)).RetryAfter);
        }
    }

    // ---- What is stored before a takeover ---------------------------------------------------------------------------------------------

    [Fact]
    public void Foretell_NobodyCanBeInTheWay_Nothing()
    {
        Assert.Null(_session.Foretell(Open(Members.Gateway1, 1)));
        var first = Attach(Open(Members.Gateway1, 1));

        // The same OPEN a second time, and the connection that is attached again, take nobody's place.
        Assert.Null(_session.Foretell(Open(Members.Gateway1, 1)));
        Assert.Null(_session.Foretell(ResumeOf(first)));

        _session.Detach(Members.Gateway1, 1);
        Assert.Null(_session.Foretell(Open(Members.Gateway2, 2)));
    }

    [Fact]
    public void Foretell_OpenWouldBeRefused_Nothing()
    {
        Fight();
        Assert.Null(_session.Foretell(Open(Members.Gateway2, 9)));
        Assert.Null(_session.Foretell(Open(Members.Gateway2, 9) with { OpenAge = TimeSpan.FromSeconds(1) }));
        _time.Advance(TakeoverGuard.FirstWait);
        Assert.Null(_session.Foretell(Open(Members.Gateway2, 9) with { OpenAge = TimeSpan.FromSeconds(2) }));
        Assert.NotNull(_session.Foretell(Open(Members.Gateway2, 9)));
    }

    [Fact]
    public void Foretell_AConnectionSpeaks_TheNextOwnerBelievesOnlyTheNewOne()
    {
        var old = Attach(Open(Members.Gateway1, 1));
        var foretold = _session.Foretell(Open(Members.Gateway2, 2) with { RemoteAddress = "::1" })!;

        // The old one still speaks, and may be heard and remembered; but nothing that is written meanwhile takes the takeover back.
        Assert.Same(old, _session.Current);
        Assert.True(_session.TryAdmit(Members.Gateway1, Frame(1, 1)));
        Assert.True(foretold.OpenEpoch > old.OpenEpoch);
        Assert.Equal(foretold.OpenEpoch, _session.ToRecord().OpenEpoch);

        // Its owner is lost in that moment.
        var lost = new ClientSession(_time);
        lost.Restore(foretold, gatewayIsAlive: true);
        Assert.Equal((Members.Gateway2, 2, "::1"), (lost.Awaited!.Gateway, lost.Awaited.ConnectionId, lost.Awaited.RemoteAddress));
        Assert.Null(lost.Attach(ResumeOf(old)).Attached);
        Assert.Null(lost.Foretell(Open(Members.Gateway2, 2)));
        Assert.NotNull(lost.Attach(Open(Members.Gateway2, 2)).Attached);

        // Or it is carried out, and lost then.
        var attached = Attach(Open(Members.Gateway2, 2));
        Assert.True(attached.OpenEpoch > foretold.OpenEpoch);
        var next = new ClientSession(_time);
        next.Restore(foretold, gatewayIsAlive: true);
        Assert.Null(next.Attach(ResumeOf(old)).Attached);
        Assert.NotNull(next.Attach(ResumeOf(attached)).Attached);
        Assert.Null(next.Attach(ResumeOf(old)).Attached);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Foretell_AfterAnotherActivation_WhenItsConnectionMayBeThere(bool gatewayIsAlive)
    {
        Attach(Open(Members.Gateway1, 1));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive);
        _time.Advance(ClientSession.ResumeGrace);
        Assert.Equal(gatewayIsAlive, next.Foretell(Open(Members.Gateway2, 2)) is not null);
        next.Detach(Members.Gateway1, 1);
        Assert.Null(next.Foretell(Open(Members.Gateway2, 2)));
    }

    [Fact]
    public void Foretell_TheAwaitedConnectionSaysThatItEnded_Nothing()
    {
        Attach(Open(Members.Gateway1, 1));
        var next = new ClientSession(_time);
        next.Restore(_session.ToRecord(), gatewayIsAlive: true);
        next.Detach(Members.Gateway1, 1);
        Assert.Null(next.Foretell(Open(Members.Gateway2, 2)));
    }

    /// <summary>The free takeovers are used up.</summary>
    private Attachment Fight()
    {
        for (var connection = 0; connection < TakeoverGuard.FreeTakeovers; connection++)
        {
            Attach(Open(Members.Gateway1, connection + 1));
        }

        return Attach(Open(Members.Gateway1, TakeoverGuard.FreeTakeovers + 1));
    }

    private Attachment Attach(AttachRequest request) => _session.Attach(request).Attached!;

    private static AttachRequest Open(SiloAddress gateway, long connectionId) =>
        new() { Gateway = gateway, ConnectionId = connectionId, GatewayName = "gateway" };

    private static AttachRequest ResumeOf(Attachment attachment) =>
        Open(attachment.Gateway, attachment.ConnectionId) with { Resume = new Resume(attachment.OpenEpoch, attachment.Epoch, attachment.ConnectedAt) };

    private static OwnerboundFrame Frame(long connectionId, long sequence) => new() { ConnectionId = connectionId, Sequence = sequence, Code = "0" };
}
