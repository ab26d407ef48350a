using Microsoft.Extensions.Logging.Abstractions;
using Swp.Cluster.Links;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Links;

public sealed class LinkTests : IAsyncDisposable
{
    private readonly HostileTimeProvider _time = new();
    private readonly FakeEndpoint _endpoint = new();
    private readonly FakePeers _peers = new();
    private readonly LinkOptions _options = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Link<TestFrame> _link;
    private readonly Task _running;

    public LinkTests()
    {
        _link = NewLink(new BatchLimits { QueueWeight = 100, BatchCount = 10, BatchWeight = 100 });
        _running = _link.RunAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.DefaultTimeout();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Counts_SayWhatWasTakenRefusedAndRepeated()
    {
        _link.TrySend(new TestFrame(1));
        var first = await _endpoint.NextAsync();
        Assert.False(_link.TrySend(new TestFrame(2, Weight: 101)));
        Assert.True(_link.TrySend(new TestFrame(3)));
        Assert.Equal((0, 1, 1), (_link.Counts.Frames[0], _link.Counts.Refused[0], _link.WaitingCount));

        first.Fail();
        (await RetryAsync()).Accept();
        (await _endpoint.NextAsync()).Accept();
        Assert.Equal((1, 1), (_link.Counts.Retries[0], _link.Counts.Refused[0]));
        await Eventually.True(() => _link.Counts.Frames[0] == 2);
    }

    [Fact]
    public async Task TrySend_Idle_GoesAtOnce()
    {
        Assert.True(_link.TrySend(new TestFrame(1)));
        await NextIsAsync(1);
    }

    [Fact]
    public async Task TrySend_WhileABatchIsInFlight_EverythingQueuedGoesInTheNextOne()
    {
        _link.TrySend(new TestFrame(1));
        var first = await _endpoint.NextAsync();
        foreach (var frame in TestFrame.Numbers(2, 6))
        {
            Assert.True(_link.TrySend(frame));
        }

        Assert.False(_endpoint.HasMore);
        first.Accept();
        var second = await _endpoint.NextAsync();
        Assert.Equal([2, 3, 4, 5, 6], second.Numbers);
        Assert.Equal(first.Number + 1, second.Number);
        Assert.Equal(1, _endpoint.MaxInFlight);
    }

    [Fact]
    public async Task Delivered_ReceiptReachesTheEndpoint()
    {
        _link.TrySend(new TestFrame(1));
        var receipt = new RelayReceipt([new Rejection(0, RejectReason.Overflow)]);
        (await _endpoint.NextAsync()).Receipt.SetResult(receipt);
        _link.TrySend(new TestFrame(2));
        await _endpoint.NextAsync();
        Assert.Equal([1], _endpoint.Delivered.Select(frame => frame.Number));
        Assert.Same(receipt, Assert.Single(_endpoint.Receipts));
    }

    [Fact]
    public async Task ManyFrames_ArriveInOrderOneBatchAtATime()
    {
        var next = 1;
        var expected = 1;
        while (expected <= 500)
        {
            for (var i = 0; i < 7; i++)
            {
                if (next <= 500 && _link.TrySend(new TestFrame(next)))
                {
                    next++;
                }
            }

            var batch = await _endpoint.NextAsync();
            Assert.InRange(batch.Frames.Length, 1, 10);
            Assert.All(batch.Numbers, number => Assert.Equal(expected++, number));
            batch.Accept();
        }

        Assert.Equal(1, _endpoint.MaxInFlight);
    }

    [Fact]
    public async Task Failed_PeerLives_TheSameBatchGoesAgainUnderTheSameNumber()
    {
        _link.TrySend(new TestFrame(1));
        var first = await _endpoint.NextAsync();
        _link.TrySend(new TestFrame(2));
        first.Fail();
        var again = await RetryAsync();
        Assert.Equal(first.Number, again.Number);
        Assert.Equal([1], again.Numbers);

        again.Accept();
        var next = await _endpoint.NextAsync();
        Assert.Equal(first.Number + 1, next.Number);
        Assert.Equal([2], next.Numbers);
        Assert.Equal([1], _endpoint.Delivered.Select(frame => frame.Number));
    }

    [Fact]
    public async Task FailedForLong_PeerLives_IsTriedAtLeastEverySecondAndNothingIsLost()
    {
        _link.TrySend(new TestFrame(1));
        var sent = await _endpoint.NextAsync();
        var number = sent.Number;
        for (var attempt = 0; attempt < 12; attempt++)
        {
            sent.Fail();
            sent = await RetryAsync();
            Assert.Equal(number, sent.Number);
        }

        sent.Fail();
        await Eventually.True(() => _peers.Asked == 13);
        var from = _time.GetTimestamp();
        sent = await RetryAsync();
        Assert.InRange(_time.GetElapsedTime(from), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
        sent.Accept();
        _link.TrySend(new TestFrame(2));
        await NextIsAsync(2);
    }

    [Fact]
    public async Task PeerLost_BatchInFlight_IsInDoubtAndTheRestUnsent()
    {
        _link.TrySend(new TestFrame(1));
        await _endpoint.NextAsync();
        _link.TrySend(new TestFrame(2));
        _link.TrySend(new TestFrame(3));

        // The call itself may hang for ever: the membership's word is enough.
        _link.MarkLost();
        var (inDoubt, unsent) = await _endpoint.Lost;
        Assert.Equal([new TestFrame(1)], inDoubt);
        Assert.Equal([new TestFrame(2), new TestFrame(3)], unsent);
        Assert.False(_link.IsAlive);
        Assert.False(_link.TrySend(new TestFrame(4), control: true));
        await _running.DefaultTimeout();
    }

    [Fact]
    public async Task PeerLost_Idle_NothingIsInDoubt()
    {
        _link.TrySend(new TestFrame(1));
        (await _endpoint.NextAsync()).Accept();
        await Eventually.True(() => _endpoint.Receipts.Count == 1);
        _link.MarkLost();
        var (inDoubt, unsent) = await _endpoint.Lost;
        Assert.Empty(inDoubt);
        Assert.Empty(unsent);
    }

    [Fact]
    public async Task Failed_PeerIsGone_IsInDoubtWithoutAnotherAttempt()
    {
        _link.TrySend(new TestFrame(1));
        var sent = await _endpoint.NextAsync();
        _link.TrySend(new TestFrame(2));
        _peers.AreGone = true;
        sent.Fail();
        var (inDoubt, unsent) = await _endpoint.Lost;
        Assert.Equal([new TestFrame(1)], inDoubt);
        Assert.Equal([new TestFrame(2)], unsent);
        Assert.False(_endpoint.HasMore);
        Assert.False(_link.IsAlive);
    }

    [Fact]
    public async Task Stopping_WhileWaitingToTryAgain_TellsWhatIsKnown()
    {
        _link.TrySend(new TestFrame(1));
        (await _endpoint.NextAsync()).Fail();
        await _stopping.CancelAsync();
        var (inDoubt, unsent) = await _endpoint.Lost;
        Assert.Equal([new TestFrame(1)], inDoubt);
        Assert.Empty(unsent);
        Assert.False(_link.TrySend(new TestFrame(2)));
    }

    [Fact]
    public async Task TrySend_QueueFull_OnlyControlFramesPass()
    {
        _link.TrySend(new TestFrame(1, 100));
        var first = await _endpoint.NextAsync();
        Assert.True(_link.TrySend(new TestFrame(2, 100)));
        Assert.False(_link.TrySend(new TestFrame(3)));
        Assert.True(_link.TrySend(new TestFrame(4), control: true));
        first.Accept();
        var second = await _endpoint.NextAsync();
        Assert.Equal([2], second.Numbers);
        Assert.True(_link.TrySend(new TestFrame(5)));
        second.Accept();
        await NextIsAsync(4, 5);
    }

    [Fact]
    public async Task Prepare_HoldsFramesBack_TheyNeverLeaveAndAreNotInDoubt()
    {
        _link.TrySend(new TestFrame(1));
        var first = await _endpoint.NextAsync();
        foreach (var frame in TestFrame.Numbers(2, 5))
        {
            _link.TrySend(frame);
        }

        _endpoint.Leaves = frame => frame.Number % 2 == 1;
        first.Accept();
        var second = await _endpoint.NextAsync();
        Assert.Equal([3, 5], second.Numbers);
        Assert.Equal(first.Number + 1, second.Number);

        // What was let go stays in the batch when it is sent again.
        _endpoint.Leaves = _ => false;
        second.Fail();
        var again = await RetryAsync();
        Assert.Equal([3, 5], again.Numbers);
        _link.MarkLost();
        var (inDoubt, _) = await _endpoint.Lost;
        Assert.Equal([3, 5], inDoubt.Select(frame => frame.Number));
    }

    [Fact]
    public async Task Prepare_HoldsAllBack_NoBatchIsSent()
    {
        _endpoint.Leaves = frame => frame.Number > 2;
        _link.TrySend(new TestFrame(1));
        _link.TrySend(new TestFrame(2));
        _link.TrySend(new TestFrame(3));
        await NextIsAsync(3);
    }

    [Fact]
    public async Task Number_OfALinkMadeAnew_IsAboveTheOneBefore()
    {
        _link.TrySend(new TestFrame(1));
        var before = await _endpoint.NextAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        using var stopping = new CancellationTokenSource();
        var link = NewLink(new BatchLimits());
        var running = link.RunAsync(stopping.Token);
        link.TrySend(new TestFrame(1));
        Assert.True((await _endpoint.NextAsync()).Number > before.Number);
        before.Accept();
        _link.MarkLost();
        await _endpoint.Lost;
        _ = running;
    }

    [Fact]
    public async Task NoReceipt_IsSilentThenUnreachable_AndTheBatchGoesOnUnderItsNumber()
    {
        _link.TrySend(new TestFrame(1));
        var sent = await _endpoint.NextAsync();
        _link.TrySend(new TestFrame(2));

        Look(4.5);
        Assert.Equal(PeerReach.Answering, _link.Reach);
        Look(1);
        Assert.Equal(PeerReach.Silent, _link.Reach);
        _link.TrySend(new TestFrame(3));
        Look(10);
        Assert.Equal(PeerReach.Unreachable, _link.Reach);
        Look(60);

        sent.Fail();
        var again = await RetryAsync();
        Assert.Equal((sent.Number, PeerReach.Unreachable), (again.Number, _link.Reach));
        again.Accept();
        await NextIsAsync(2, 3);
        Assert.Equal(PeerReach.Answering, _link.Reach);
        Assert.Equal(
            [(PeerReach.Silent, 2), (PeerReach.Unreachable, 3), (PeerReach.Answering, 0)],
            _endpoint.ReachChanges.Select(change => (change.Reach, change.Waiting.Length)));
    }

    [Fact]
    public async Task ReceiptsKeepComing_HoweverBusy_IsNeverSilent()
    {
        for (var i = 1; i <= 5; i++)
        {
            _link.TrySend(new TestFrame(i));
            var sent = await _endpoint.NextAsync();
            Look(4.5);
            sent.Accept();
        }

        Assert.Empty(_endpoint.ReachChanges);
    }

    [Fact]
    public async Task ItIsSilentNoMoreThanItWasLookedAt_APauseOfTheProcessIsNoSilence()
    {
        _link.TrySend(new TestFrame(1));
        await _endpoint.NextAsync();
        Look(2);
        _time.Advance(TimeSpan.FromMinutes(1));
        Look(2);
        Assert.Equal(PeerReach.Answering, _link.Reach);
    }

    [Fact]
    public async Task Idle_AnEmptyBatchAsksWhetherThePeerIsThere()
    {
        Look(1.5);
        Assert.False(_endpoint.HasMore);
        Look(1);
        var beat = await _endpoint.NextAsync();
        Assert.Empty(beat.Numbers);
        Look(6);
        Assert.Equal((PeerReach.Silent, 0), Assert.Single(_endpoint.ReachChanges) is var (reach, waiting) ? (reach, waiting.Length) : default);
        beat.Accept();
        _link.TrySend(new TestFrame(1));
        var next = await _endpoint.NextAsync();
        Assert.Equal((beat.Number + 1, PeerReach.Answering), (next.Number, _link.Reach));
    }

    [Fact]
    public async Task PeerLost_WhileItIsSilent_IsLost()
    {
        _link.TrySend(new TestFrame(1));
        await _endpoint.NextAsync();
        Look(6);
        _link.MarkLost();
        var (inDoubt, _) = await _endpoint.Lost;
        Assert.Equal([new TestFrame(1)], inDoubt);
        Look(60);
        Assert.Equal(PeerReach.Silent, Assert.Single(_endpoint.ReachChanges).Reach);
    }

    private void Look(double seconds)
    {
        // The first look at a batch only sees that there is one.
        _link.Look(TimeSpan.Zero);
        for (var step = 0; step < seconds * 2; step++)
        {
            _link.Look(TimeSpan.FromSeconds(0.5));
        }

        if (_link.IsOverdue)
        {
            _link.MarkUnreachable();
        }
    }

    private Link<TestFrame> NewLink(BatchLimits limits) => new(Members.Gateway1, _endpoint, _peers, limits, _options, _time, NullLogger.Instance);

    private async Task NextIsAsync(params int[] numbers)
    {
        var sent = await _endpoint.NextAsync();
        Assert.Equal(numbers, sent.Numbers);
    }

    private async Task<FakeEndpoint.Sent> RetryAsync()
    {
        var next = _endpoint.NextAsync();
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(next, Task.Delay(1));
        }

        return await next;
    }
}
