using CsCheck;
using Swp.Cluster.Links;
using Swp.Testing.Tasks;

namespace Swp.Grains.Tests.Links;

public sealed class BatchQueueTests
{
    private static readonly BatchLimits Limits = new() { QueueWeight = 100, BatchCount = 4, BatchWeight = 50 };

    private readonly BatchQueue<TestFrame> _queue = new(Limits);

    [Fact]
    public void TryTake_Empty_IsFalse()
    {
        Assert.False(_queue.TryTake(out var batch));
        Assert.Null(batch);
    }

    [Fact]
    public async Task Nudge_OnlyWhoeverWaits_GoesOnWithNothing()
    {
        _queue.Nudge();
        var waiting = _queue.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        _queue.Nudge();

        // Nor does one more take the first one back.
        _queue.Nudge();
        Assert.True(await waiting.DefaultTimeout());
        Assert.False(_queue.TryTake(out _));

        waiting = _queue.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        _queue.Seal();
        Assert.False(await waiting.DefaultTimeout());
    }

    [Fact]
    public void Snapshot_TakesNothing()
    {
        Fill(1, 2);
        Assert.Equal([1, 2], _queue.Snapshot().Select(frame => frame.Number));
        Assert.Equal([1, 2], Take());
    }

    [Fact]
    public void TryTake_UnderTheLimits_IsEverythingInOrder()
    {
        Fill(1, 2, 3);
        Assert.Equal([1, 2, 3], Take());
        Assert.Equal(0, _queue.Count);
        Assert.False(_queue.TryTake(out _));
    }

    [Fact]
    public void TryTake_MoreFramesThanABatch_ComeInBatches()
    {
        Fill(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Assert.Equal([1, 2, 3, 4], Take());
        Assert.Equal([5, 6, 7, 8], Take());
        Assert.Equal([9], Take());
    }

    [Fact]
    public void TryTake_MoreWeightThanABatch_StopsBeforeTheLimitIsPassed()
    {
        Enqueue(new TestFrame(1, 30), new TestFrame(2, 20), new TestFrame(3, 1), new TestFrame(4, 49));
        Assert.Equal([1, 2], Take());
        Assert.Equal([3, 4], Take());
    }

    [Fact]
    public void TryTake_OneFrameHeavierThanABatch_GoesAlone()
    {
        Enqueue(new TestFrame(1, 1), new TestFrame(2, 51), new TestFrame(3, 1));
        Assert.Equal([1], Take());
        Assert.Equal([2], Take());
        Assert.Equal([3], Take());
    }

    [Fact]
    public void TryEnqueue_OverTheWeight_IsRefusedUntilSomethingLeaves()
    {
        Enqueue(new TestFrame(1, 50), new TestFrame(2, 50));
        Assert.False(_queue.TryEnqueue(new TestFrame(3)));
        Take();
        Assert.True(_queue.TryEnqueue(new TestFrame(3, 50)));
        Assert.False(_queue.TryEnqueue(new TestFrame(4)));
    }

    [Fact]
    public void TryEnqueue_ControlFrame_PassesAFullQueueAndKeepsItsPlace()
    {
        Enqueue(new TestFrame(1, 40), new TestFrame(2, 60));
        Assert.False(_queue.TryEnqueue(new TestFrame(3)));
        Assert.True(_queue.TryEnqueue(new TestFrame(4), control: true));
        Assert.Equal([1], Take());
        Assert.Equal([2], Take());
        Assert.Equal([4], Take());
    }

    [Fact]
    public async Task WaitAsync_SomethingWaits_ReturnsAtOnce()
    {
        Fill(1);
        var waiting = _queue.WaitAsync(CancellationToken.None);
        Assert.True(waiting.IsCompletedSuccessfully);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task WaitAsync_Empty_ReturnsWhenAFrameComes()
    {
        var waiting = _queue.WaitAsync(CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        Fill(1);
        Assert.True(await waiting.DefaultTimeout());
    }

    [Fact]
    public async Task WaitAsync_Cancelled_ThrowsAndLeavesTheQueueUsable()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _queue.WaitAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.DefaultTimeout());

        Fill(1);
        Assert.True(await _queue.WaitAsync(CancellationToken.None).DefaultTimeout());
        Assert.Equal([1], Take());
    }

    [Fact]
    public async Task Complete_ReturnsTheRestAndRefusesEverything()
    {
        Fill(1, 2);
        Assert.Equal([1, 2], _queue.Complete().Select(frame => frame.Number));
        Assert.False(_queue.TryEnqueue(new TestFrame(3)));
        Assert.False(_queue.TryEnqueue(new TestFrame(3), control: true));
        Assert.False(await _queue.WaitAsync(CancellationToken.None).DefaultTimeout());
        Assert.Empty(_queue.Complete());
    }

    [Fact]
    public async Task Complete_WhileSomebodyWaits_EndsTheWait()
    {
        var waiting = _queue.WaitAsync(CancellationToken.None).AsTask();
        _queue.Complete();
        Assert.False(await waiting.DefaultTimeout());
    }

    [Fact]
    public void AnySequence_KeepsOrderAndLimits() => Gen.Select(Gen.Int[1, 70], Gen.Bool, Gen.Int[0, 3]).Array[1, 60].Sample(steps =>
    {
        var queue = new BatchQueue<TestFrame>(Limits);
        var model = new Queue<TestFrame>();
        var number = 0;
        foreach (var (weight, control, kind) in steps)
        {
            if (kind > 0)
            {
                var frame = new TestFrame(++number, weight);
                var fits = control || model.Sum(waiting => waiting.Weight) + weight <= Limits.QueueWeight;
                Assert.Equal(fits, queue.TryEnqueue(frame, control));
                if (fits)
                {
                    model.Enqueue(frame);
                }
            }
            else if (queue.TryTake(out var batch))
            {
                Assert.InRange(batch.Length, 1, Limits.BatchCount);
                Assert.True(batch.Length == 1 || batch.Sum(frame => frame.Weight) <= Limits.BatchWeight);
                Assert.All(batch, frame => Assert.Equal(model.Dequeue(), frame));

                // As much as fits: one batch in flight is the throughput.
                Assert.True(
                    model.Count == 0 || batch.Length == Limits.BatchCount || batch.Sum(frame => frame.Weight) + model.Peek().Weight > Limits.BatchWeight);
            }
            else
            {
                Assert.Empty(model);
            }

            Assert.Equal(model.Count, queue.Count);
        }
    });

    [Fact]
    public async Task Concurrently_ManyWriters_NothingIsLostOrReorderedPerWriter()
    {
        const int Writers = 4;
        const int Each = 20_000;
        var queue = new BatchQueue<TestFrame>(new BatchLimits { BatchCount = 64 });
        var last = new int[Writers];
        var reader = Task.Run(async () =>
        {
            while (await queue.WaitAsync(CancellationToken.None))
            {
                while (queue.TryTake(out var batch))
                {
                    foreach (var frame in batch)
                    {
                        Assert.Equal(++last[frame.Number % Writers], frame.Number / Writers);
                    }
                }

                if (last.All(count => count == Each))
                {
                    return;
                }
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (var i = 1; i <= Each; i++)
            {
                Assert.True(queue.TryEnqueue(new TestFrame((i * Writers) + writer)));
            }
        }))).DefaultTimeout();
        await reader.DefaultTimeout();
    }

    private void Fill(params int[] numbers) => Enqueue([.. numbers.Select(number => new TestFrame(number))]);

    private void Enqueue(params TestFrame[] frames) => Assert.All(frames, frame => Assert.True(_queue.TryEnqueue(frame)));

    private int[] Take()
    {
        Assert.True(_queue.TryTake(out var batch));
        return [.. batch.Select(frame => frame.Number)];
    }
}
