using Swp.Clients;
using Swp.Grains.Promises;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Promises;

public sealed class PromiseTests : IDisposable
{
    private const long Connection = 7;
    private const long Epoch = 100;

    private readonly HostileTimeProvider _time = new();
    private readonly DeadlineWheel _wheel;
    private readonly PromiseTable _table;

    public PromiseTests()
    {
        _wheel = new DeadlineWheel(_time);
        _wheel.Start();
        _table = new PromiseTable(_wheel, _time);
    }

    public void Dispose() => _wheel.Dispose();

    // ---- A gateway that does not answer -------------------------------------------------------------------------------------------------

    [Fact]
    public async Task GatewaySilent_SentOrQueued_EndsAsWhatIsKnown()
    {
        var (sent, queued) = (Sent(Request()), Queued(Request()));
        sent.OnGatewaySilent(Epoch);
        queued.OnGatewaySilent(Epoch);
        await Ends(sent, CallOutcome.LostInFlight);
        await Ends(queued, CallOutcome.NotSent);
    }

    [Fact]
    public async Task GatewaySilent_IdempotentOrOfAnotherAttachment_GoesOn()
    {
        var (idempotent, other) = (Sent(Request() with { Idempotent = true }), Sent(Request()));
        idempotent.OnGatewaySilent(Epoch);
        other.OnGatewaySilent(Epoch - 1);
        Assert.Equal((PromiseState.Sent, PromiseState.Sent), (idempotent.State, other.State));

        // The network was healed before its time was over.
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(idempotent)));
        await Ends(idempotent, CallOutcome.Completed);
    }

    // ---- Answers ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Answer_Sent_CompletesWithWhatTheClientSaid()
    {
        var promise = Sent(Request());
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(promise) with { Code = "7", Message = "busy", Data = JsonPayload.Parse("[1]") }));

        var result = await promise.Result.DefaultTimeout();
        Assert.Equal((CallOutcome.Completed, "7", "busy", promise.Uuid), (result.Outcome, result.Code, result.Message, result.Uuid));
        Assert.Equal("[1]", result.Data.ToString());
        Assert.Equal(PromiseState.Settled, promise.State);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task Answer_BeforeItsQuestionIsKnownToBeSent_Completes()
    {
        var promise = Queued(Request());
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        await Ends(promise, CallOutcome.Completed);

        promise.OnRejected(Epoch);
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        await Ends(promise, CallOutcome.Completed);
    }

    [Fact]
    public void Answer_Twice_OnlyTheFirstCounts()
    {
        var promise = Sent(Request());
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        Assert.False(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        Assert.False(promise.TryAnswer(Members.Gateway1, Answer(promise)));
    }

    [Theory]
    [InlineData(2, Connection, Epoch)]
    [InlineData(1, Connection + 1, Epoch)]
    [InlineData(1, Connection, Epoch - 1)]
    public void Answer_FromAConnectionThatWasNotAsked_IsNotAccepted(int gateway, long connection, long epoch)
    {
        var promise = Sent(Request());
        Assert.False(_table.TryAnswer(Members.Gateway(gateway), Answer(promise) with { ConnectionId = connection, Epoch = epoch }));
        Assert.Equal(PromiseState.Sent, promise.State);
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(promise)));
    }

    [Fact]
    public void Answer_UnderTheNextEpochOfTheSameConnection_IsAccepted()
    {
        var promise = Sent(Request());
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(promise) with { Epoch = Epoch + 5 }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nobody's")]
    public void Answer_UnknownUuid_IsNotAccepted(string? uuid)
    {
        Sent(Request());
        Assert.False(_table.TryAnswer(Members.Gateway1, new OwnerboundFrame { ConnectionId = Connection, Epoch = Epoch, Uuid = uuid, Code = "0" }));
    }

    [Fact]
    public void Answer_BeforeAnythingWasSent_IsNotAccepted()
    {
        var promise = _table.Create(Request(), oneWay: false, out _);
        Assert.False(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        Assert.Equal(PromiseState.Waiting, promise.State);
    }

    // ---- The way to the gateway -------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Rejected_Queued_WasNotSent()
    {
        var promise = Queued(Request());
        promise.OnRejected(Epoch);
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public async Task Rejected_PresumedSent_WasNotSent()
    {
        var promise = Sent(Request());
        promise.OnRejected(Epoch);
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public async Task GatewayLost_InDoubt_IsLostInFlight()
    {
        var promise = Sent(Request());
        promise.OnGatewayLost(Epoch, inDoubt: true);
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Fact]
    public async Task GatewayLost_StillInTheQueue_WasNotSent()
    {
        var promise = Queued(Request());
        promise.OnGatewayLost(Epoch, inDoubt: false);
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public void GatewayLost_OrRejected_UnderAnotherEpoch_ChangesNothing()
    {
        var promise = Sent(Request());
        promise.OnGatewayLost(Epoch - 1, inDoubt: true);
        promise.OnRejected(Epoch - 1);
        promise.OnGatewayLost(Epoch + 1, inDoubt: true);
        Assert.Equal(PromiseState.Sent, promise.State);
    }

    [Fact]
    public void TrySending_UnderAnotherEpoch_MustNotLeave()
    {
        var promise = Queued(Request());
        Assert.False(promise.TrySending(Epoch - 1));
        Assert.False(promise.TrySending(Epoch + 1));
        Assert.Equal(PromiseState.Queued, promise.State);
    }

    [Fact]
    public async Task TrySending_SettledAsNotSent_MustNotLeave()
    {
        var promise = Queued(Request());
        promise.Expire();
        await Ends(promise, CallOutcome.NotSent);
        Assert.False(promise.TrySending(Epoch));
    }

    [Fact]
    public async Task Concurrently_SentAndExpired_NeverLeavesWhatIsCalledNotSent()
    {
        for (var round = 0; round < 5_000; round++)
        {
            var promise = Queued(Request());
            var left = false;
            Parallel.Invoke(() => left = promise.TrySending(Epoch), promise.Expire);
            Assert.Equal(left ? CallOutcome.TimedOut : CallOutcome.NotSent, (await promise.Result.DefaultTimeout()).Outcome);
        }
    }

    [Fact]
    public async Task ConnectionEnded_Sent_IsLostInFlight()
    {
        var promise = Sent(Request());
        promise.OnArrived(Epoch);
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Fact]
    public async Task ConnectionEnded_Queued_WasNotSentAndDoesNotLeave()
    {
        var promise = Queued(Request());
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        await Ends(promise, CallOutcome.NotSent);
        Assert.False(promise.TrySending(Epoch));
    }

    [Theory]
    [InlineData(2, Connection)]
    [InlineData(1, Connection + 1)]
    public void ConnectionEnded_Another_ChangesNothing(int gateway, long connection)
    {
        var promise = Sent(Request());
        promise.OnConnectionEnded(Members.Gateway(gateway), connection);
        Assert.Equal(PromiseState.Sent, promise.State);
    }

    // ---- Idempotent -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Idempotent_ConnectionEnded_WaitsAndIsSentAgainUnderTheSameUuid()
    {
        var promise = Sent(Request(idempotent: true));
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        Assert.Equal(PromiseState.Waiting, promise.State);
        Assert.True(promise.HasBeenSent);
        Assert.False(_table.TryAnswer(Members.Gateway1, Answer(promise)));

        Assert.True(promise.TryQueue(Members.Gateway2, 1, Epoch + 1));
        promise.TrySending(Epoch + 1);
        Assert.False(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        Assert.True(_table.TryAnswer(Members.Gateway2, Answer(promise) with { ConnectionId = 1, Epoch = Epoch + 1 }));
        Assert.Equal(promise.Uuid, (await promise.Result.DefaultTimeout()).Uuid);
    }

    [Fact]
    public async Task Idempotent_ConnectionEnded_KeepsTheTimeItHas()
    {
        var promise = Sent(Request(idempotent: true));
        _table.Arm(promise, TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(6));
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        _time.Advance(TimeSpan.FromMilliseconds(3_950));
        Assert.Equal(PromiseState.Waiting, promise.State);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        // It was sent once: it may have been executed.
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Fact]
    public async Task Idempotent_GatewayLostInDoubt_WaitsAndHasBeenSent()
    {
        var promise = Sent(Request(idempotent: true));
        promise.OnGatewayLost(Epoch, inDoubt: true);
        Assert.Equal(PromiseState.Waiting, promise.State);
        Assert.True(promise.HasBeenSent);
        promise.Abandon();
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Idempotent_NotTaken_WaitsAndHasNotBeenSent(bool rejected)
    {
        var promise = Queued(Request(idempotent: true));
        if (rejected)
        {
            promise.OnRejected(Epoch);
        }
        else
        {
            promise.OnGatewayLost(Epoch, inDoubt: false);
        }

        Assert.Equal(PromiseState.Waiting, promise.State);
        Assert.False(promise.HasBeenSent);
        promise.Abandon();
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public void Idempotent_ConnectionEndedWhileQueued_WaitsForTheNextOneAndDoesNotLeaveForTheOld()
    {
        var promise = Queued(Request(idempotent: true));
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        Assert.Equal(PromiseState.Waiting, promise.State);
        Assert.False(promise.HasBeenSent);

        Assert.True(promise.TryQueue(Members.Gateway2, 1, Epoch + 1));
        Assert.False(promise.TrySending(Epoch));
        Assert.True(promise.TrySending(Epoch + 1));
        Assert.False(promise.TrySending(Epoch + 1));
    }

    [Fact]
    public async Task Idempotent_SentBeforeAndNotTakenNow_IsStillLostInFlight()
    {
        var promise = Sent(Request(idempotent: true));
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        promise.TryQueue(Members.Gateway2, 1, Epoch + 1);
        promise.OnRejected(Epoch + 1);
        Assert.True(promise.HasBeenSent);
        promise.Expire();
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Fact]
    public void Idempotent_LateNewsOfTheFirstConnection_DoesNotTouchTheSecond()
    {
        var promise = Sent(Request(idempotent: true));
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        promise.TryQueue(Members.Gateway2, 1, Epoch + 1);
        promise.TrySending(Epoch + 1);

        promise.OnRejected(Epoch);
        promise.OnGatewayLost(Epoch, inDoubt: true);
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        Assert.Equal(PromiseState.Sent, promise.State);
    }

    // ---- One-way ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task OneWay_Delivered_IsCompleted()
    {
        var promise = Sent(Request(), oneWay: true);
        promise.OnDelivered();
        var result = await Ends(promise, CallOutcome.Completed);
        Assert.True(result.IsSuccess);
        Assert.Equal(promise.Uuid, result.Uuid);
    }

    [Fact]
    public void OneWay_Answered_GoesOnWaitingForTheReceipt()
    {
        var promise = Sent(Request(), oneWay: true);
        _table.TryAnswer(Members.Gateway1, Answer(promise));
        Assert.Equal(PromiseState.Sent, promise.State);
    }

    [Theory]
    [InlineData(true, CallOutcome.LostInFlight)]
    [InlineData(false, CallOutcome.NotSent)]
    public async Task OneWay_GatewayLost_IsNeverSentAgain(bool inDoubt, CallOutcome outcome)
    {
        var promise = inDoubt ? Sent(Request(idempotent: true), oneWay: true) : Queued(Request(idempotent: true), oneWay: true);
        promise.OnGatewayLost(Epoch, inDoubt);
        await Ends(promise, outcome);
    }

    [Fact]
    public async Task OneWay_Rejected_WasNotSent()
    {
        var promise = Sent(Request(idempotent: true), oneWay: true);
        promise.OnRejected(Epoch);
        await Ends(promise, CallOutcome.NotSent);
    }

    // ---- Time, callers, owners --------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Expire_Waiting_EndsAsItsWaitEnds()
    {
        var promise = _table.Create(Request(), oneWay: false, out _);
        promise.NotConnectedResult = new CallResult { Outcome = CallOutcome.UnknownClient, Message = "Never seen." };
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal("Never seen.", (await Ends(promise, CallOutcome.UnknownClient)).Message);
    }

    [Fact]
    public async Task Expire_Queued_WasNotSent()
    {
        var promise = Queued(Request());
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public async Task Expire_Sent_TimedOut()
    {
        var promise = Sent(Request());
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(950));
        Assert.False(promise.Result.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Ends(promise, CallOutcome.TimedOut);
        Assert.False(_table.TryAnswer(Members.Gateway1, Answer(promise)));
    }

    [Fact]
    public async Task Arm_Again_StartsTheTimeAnew()
    {
        var promise = _table.Create(Request(), oneWay: false, out _);
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        promise.TryQueue(Members.Gateway1, Connection, Epoch);
        promise.TrySending(Epoch);
        _table.Arm(promise, TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(PromiseState.Sent, promise.State);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await Ends(promise, CallOutcome.TimedOut);
    }

    [Fact]
    public void Arm_Settled_LeavesNothingOnTheWheel()
    {
        var promise = Sent(Request());
        promise.Cancel();
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        Assert.False(promise.IsArmed);
    }

    [Fact]
    public void Settle_Armed_LeavesNothingOnTheWheel()
    {
        var promise = Sent(Request());
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        Assert.True(promise.IsArmed);
        promise.Cancel();
        Assert.False(promise.IsArmed);
    }

    [Theory]
    [InlineData(PromiseState.Waiting)]
    [InlineData(PromiseState.Queued)]
    [InlineData(PromiseState.Sent)]
    public async Task Cancel_AnyState_IsCancelled(object state)
    {
        var promise = In((PromiseState)state);
        promise.Cancel();
        await Ends(promise, CallOutcome.Cancelled);
        Assert.False(promise.TryQueue(Members.Gateway1, Connection, Epoch));
    }

    [Theory]
    [InlineData(PromiseState.Waiting, CallOutcome.NotSent)]
    [InlineData(PromiseState.Queued, CallOutcome.NotSent)]
    [InlineData(PromiseState.Sent, CallOutcome.LostInFlight)]
    public async Task Abandon_AnyState_SaysWhatIsKnown(object state, CallOutcome outcome)
    {
        var promise = In((PromiseState)state);
        _table.AbandonAll();
        await Ends(promise, outcome);
    }

    [Fact]
    public async Task AfterTheOutcome_NothingChangesIt()
    {
        var promise = Sent(Request(idempotent: true));
        promise.OnDelivered();
        promise.Cancel();
        promise.Abandon();
        promise.Expire();
        promise.OnGatewayLost(Epoch, inDoubt: true);
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        Assert.False(promise.Settle(new CallResult { Outcome = CallOutcome.Banned }));
        await Ends(promise, CallOutcome.Completed);
    }

    [Fact]
    public void Create_EachPromise_HasAUuidOfItsOwn()
    {
        var uuids = Enumerable.Range(0, 10_000).Select(number => _table.Create(Request(), oneWay: false, out _).Uuid).ToHashSet();
        Assert.Equal(10_000, uuids.Count);
        Assert.All(uuids, uuid => Assert.Matches("^[0-9a-f]{24}$", uuid));
        Assert.Equal(10_000, _table.Count);
        var others = new PromiseTable(_wheel, _time);
        Assert.DoesNotContain(others.Create(Request(), oneWay: false, out _).Uuid, uuids);
        _table.AbandonAll();
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task Concurrently_EveryoneSettles_ExactlyOneDoes()
    {
        const int Rounds = 2_000;
        for (var round = 0; round < Rounds; round++)
        {
            var promise = Sent(Request());
            _table.Arm(promise, TimeSpan.FromSeconds(1));
            var settled = 0;
            Action[] ways =
            [
                () => Count(_table.TryAnswer(Members.Gateway1, Answer(promise))),
                () => Count(promise.Settle(new CallResult { Outcome = CallOutcome.Cancelled })),
                () => Count(promise.Settle(new CallResult { Outcome = CallOutcome.TimedOut })),
                () => Count(promise.Settle(new CallResult { Outcome = CallOutcome.LostInFlight })),
            ];
            Parallel.Invoke(ways);
            Assert.Equal(1, settled);
            Assert.Contains((await promise.Result.DefaultTimeout()).Outcome, new[] { CallOutcome.Completed, CallOutcome.Cancelled, CallOutcome.TimedOut, CallOutcome.LostInFlight });
            Assert.False(promise.IsArmed);

            void Count(bool did)
            {
                if (did)
                {
                    Interlocked.Increment(ref settled);
                }
            }
        }

        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public async Task Concurrently_EverythingHappens_EachPromiseHasOneOutcomeAndTheTableIsEmpty()
    {
        const int Rounds = 1_000;
        for (var round = 0; round < Rounds; round++)
        {
            var promise = Sent(Request(idempotent: round % 2 == 0));
            _table.Arm(promise, TimeSpan.FromMilliseconds(50));
            Parallel.Invoke(
                () => _table.TryAnswer(Members.Gateway1, Answer(promise)),
                () => promise.OnConnectionEnded(Members.Gateway1, Connection),
                () => promise.OnGatewayLost(Epoch, inDoubt: true),
                () => promise.TryQueue(Members.Gateway2, 1, Epoch + 1),
                () => _time.Advance(TimeSpan.FromMilliseconds(60)));
            _time.Advance(TimeSpan.FromMilliseconds(60));
            await promise.Result.DefaultTimeout();
            Assert.Equal(PromiseState.Settled, promise.State);
        }

        Assert.Equal(0, _table.Count);
    }

    // ---- Owners that stop, and calls that an earlier one had ---------------------------------------------------------------------------

    [Theory]
    [InlineData(PromiseState.Waiting, CallOutcome.NotSent, false)]
    [InlineData(PromiseState.Queued, CallOutcome.NotSent, false)]
    [InlineData(PromiseState.Sent, CallOutcome.LostInFlight, true)]
    internal async Task Move_SaysWhatTheNextOwnerHasToDo(PromiseState state, CallOutcome outcome, bool moved)
    {
        var promise = In(state);
        _table.MoveAll();
        Assert.Equal(moved, (await Ends(promise, outcome)).Moved);
        Assert.False(promise.TrySending(Epoch));
    }

    [Fact]
    public async Task Create_TheSameCallAgain_IsTheSamePromise()
    {
        var call = Request() with { Uuid = "u1" };
        var promise = _table.Create(call, oneWay: false, out var isNew);
        Assert.True(isNew);
        Assert.Same(promise, _table.Create(call, oneWay: false, out isNew));
        Assert.False(isNew);

        promise.Cancel();
        await Ends(promise, CallOutcome.Cancelled);
        Assert.NotSame(promise, _table.Create(call, oneWay: false, out isNew));
        Assert.True(isNew);
    }

    [Fact]
    public async Task Doubt_TimeIsOver_MayHaveBeenSent()
    {
        var promise = Doubted(Request());
        _table.Arm(promise, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Fact]
    public async Task KnowSent_TheAnswerCounts()
    {
        var promise = Doubted(Request());
        Assert.False(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        promise.KnowSent(Members.Gateway1, Connection, Epoch);
        Assert.Null(promise.Doubt);
        Assert.True(_table.TryAnswer(Members.Gateway1, Answer(promise)));
        await Ends(promise, CallOutcome.Completed);
    }

    [Fact]
    public async Task KnowNeverSent_ALossSaysSo()
    {
        var promise = Doubted(Request());
        promise.KnowNeverSent();
        Assert.True(promise.TryQueue(Members.Gateway1, Connection, Epoch));
        promise.OnRejected(Epoch);
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public async Task KnowLost_AnIdempotentOneIsSentAgain_AnotherIsLost()
    {
        var plain = Doubted(Request());
        Assert.False(plain.KnowLost());
        await Ends(plain, CallOutcome.LostInFlight);

        var idempotent = Doubted(Request(idempotent: true));
        Assert.True(idempotent.KnowLost());
        Assert.Null(idempotent.Doubt);
        Assert.Equal(PromiseState.Waiting, idempotent.State);
        Assert.True(idempotent.HasBeenSent);
    }

    private Promise Doubted(CallRequest request)
    {
        var promise = _table.Create(request, oneWay: false, out _);
        var doubt = new Doubt(TimeSpan.Zero);
        promise.SetDoubt(doubt);
        Assert.Same(doubt, promise.Doubt);
        return promise;
    }

    [Theory]
    [InlineData(false, false, CallOutcome.NotSent, false)]
    [InlineData(true, false, CallOutcome.NotSent, false)]
    [InlineData(true, true, CallOutcome.LostInFlight, true)]
    public async Task Refused_ByAConnectionThatLives_ItsCallerAsksAgain(bool idempotent, bool sentBefore, CallOutcome outcome, bool moved)
    {
        var promise = Sent(Request(idempotent));
        if (sentBefore)
        {
            promise.OnConnectionEnded(Members.Gateway1, Connection);
            Assert.True(promise.TryQueue(Members.Gateway1, Connection, Epoch));
        }

        promise.OnRefused(Epoch);
        Assert.Equal(moved, (await Ends(promise, outcome)).Moved);
    }

    [Fact]
    public async Task Refused_AlthoughAnEarlierOwnersCallWasThoughtUnsent_ItsCallerAsksWhoOwnsTheConnection()
    {
        var promise = Doubted(Request());
        promise.KnowNeverSent();
        Assert.True(promise.TryQueue(Members.Gateway1, Connection, Epoch));
        promise.OnRefused(Epoch, stale: true);
        Assert.True((await Ends(promise, CallOutcome.LostInFlight)).Moved);
    }

    [Fact]
    public async Task Refused_BecauseItsConnectionIsAboutToClose_AnEarlierOwnersCallIsStillUnsent()
    {
        var promise = Doubted(Request());
        promise.KnowNeverSent();
        Assert.True(promise.TryQueue(Members.Gateway1, Connection, Epoch));
        promise.OnRefused(Epoch);
        await Ends(promise, CallOutcome.NotSent);
    }

    [Fact]
    public async Task Seen_AnEarlierOwnerHadSentIt_IsLost()
    {
        var promise = Sent(Request());
        promise.OnSeen(Epoch + 1);
        Assert.False(promise.Result.IsCompleted);
        promise.OnSeen(Epoch);
        Assert.False((await Ends(promise, CallOutcome.LostInFlight)).Moved);
    }

    // ---- The end of a connection and the receipt of a request race -------------------------------------------------------------------

    [Theory]
    [InlineData(true, CallOutcome.LostInFlight)]
    [InlineData(false, CallOutcome.NotSent)]
    public async Task ConnectionEnds_BeforeTheReceiptIsHere_TheReceiptTellsWhetherItWasSent(bool arrived, CallOutcome outcome)
    {
        var promise = Sent(Request());
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        Assert.False(promise.Result.IsCompleted);
        if (arrived)
        {
            promise.OnArrived(Epoch);
        }
        else
        {
            promise.OnRejected(Epoch);
        }

        await Ends(promise, outcome);
    }

    [Fact]
    public async Task ConnectionEnds_AfterTheReceipt_IsLostAtOnce()
    {
        var promise = Sent(Request());
        promise.OnArrived(Epoch);
        Assert.False(promise.Result.IsCompleted);
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        await Ends(promise, CallOutcome.LostInFlight);
    }

    [Fact]
    public async Task ConnectionEnds_AndTheGatewayDiesBeforeTheReceipt_MayHaveBeenExecuted()
    {
        var promise = Sent(Request());
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        promise.OnGatewayLost(Epoch, inDoubt: true);
        await Ends(promise, CallOutcome.LostInFlight);
    }

    // ---- Barred -----------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(nameof(PromiseState.Waiting), CallOutcome.Banned)]
    [InlineData(nameof(PromiseState.Queued), CallOutcome.Banned)]
    [InlineData(nameof(PromiseState.Sent), CallOutcome.LostInFlight)]
    public async Task Bar_InAnyState_SaysWhatIsTrueOfIt(string state, CallOutcome outcome)
    {
        var promise = In(Enum.Parse<PromiseState>(state));
        promise.Bar(new CallResult { Outcome = CallOutcome.Banned });
        await Ends(promise, outcome);
        Assert.False(promise.TrySending(Epoch));
    }

    [Fact]
    public async Task Bar_SentOnceAndWaitingToBeSentAgain_MayHaveBeenExecuted()
    {
        var promise = Sent(Request(idempotent: true));
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        Assert.Equal(PromiseState.Waiting, promise.State);
        promise.Bar(new CallResult { Outcome = CallOutcome.Banned });
        await Ends(promise, CallOutcome.LostInFlight);
    }

    private static CallRequest Request(bool idempotent = false) =>
        new() { Data = JsonPayload.Parse("{}"), Timeout = TimeSpan.FromSeconds(10), Idempotent = idempotent };

    private static OwnerboundFrame Answer(Promise promise) =>
        new() { Kind = OwnerboundKind.Answer, ConnectionId = Connection, Epoch = Epoch, Uuid = promise.Uuid, Code = "0" };

    private Promise Queued(CallRequest request, bool oneWay = false)
    {
        var promise = _table.Create(request, oneWay, out _);
        Assert.True(promise.TryQueue(Members.Gateway1, Connection, Epoch));
        return promise;
    }

    private Promise Sent(CallRequest request, bool oneWay = false)
    {
        var promise = Queued(request, oneWay);
        Assert.True(promise.TrySending(Epoch));
        Assert.Equal(PromiseState.Sent, promise.State);
        return promise;
    }

    private Promise In(PromiseState state) => state switch
    {
        PromiseState.Waiting => _table.Create(Request(), oneWay: false, out _),
        PromiseState.Queued => Queued(Request()),
        _ => Sent(Request()),
    };

    private async Task<CallResult> Ends(Promise promise, CallOutcome outcome)
    {
        var result = await promise.Result.DefaultTimeout();
        Assert.Equal(outcome, result.Outcome);
        Assert.False(_table.TryGet(promise.Uuid, out _));
        Assert.False(promise.IsArmed);
        return result;
    }
}
