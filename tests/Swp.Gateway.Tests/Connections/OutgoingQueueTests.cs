using System.Text;
using Swp.Clients;
using Swp.Gateway.Connections;
using Swp.Gateway.Protocol;
using Swp.Protocol;

namespace Swp.Gateway.Tests.Connections;

public sealed class OutgoingQueueTests
{
    private const int FlatRate = 128;

    private readonly OutgoingQueue _queue = new(4 * (FlatRate + 72));

    [Fact]
    public void Enqueue_First_StartsTheWriterAndOnlyTheFirst()
    {
        Assert.Equal((EnqueueResult.Queued, true), Enqueue("1"));
        Assert.Equal((EnqueueResult.Queued, false), Enqueue("2"));
        Assert.Equal(["1", "2"], TakeAll());
        Assert.Equal((EnqueueResult.Queued, true), Enqueue("3"));
    }

    [Fact]
    public void Enqueue_UpToTheLimit_FitsAndOneByteMoreDoesNot()
    {
        Assert.Equal(EnqueueResult.Queued, Enqueue("1", 72).Result);
        Assert.Equal(EnqueueResult.Queued, Enqueue("2", 72).Result);
        Assert.Equal(EnqueueResult.Queued, Enqueue("3", 72).Result);
        Assert.Equal((EnqueueResult.Full, false), Enqueue("4", 73));
        Assert.Equal(EnqueueResult.Queued, Enqueue("5", 72).Result);
        Assert.Equal(EnqueueResult.Full, Enqueue("6", 0).Result);
        Assert.Equal(["1", "2", "3", "5"], TakeAll());
    }

    [Fact]
    public void Enqueue_FramesWithoutData_AreBoundedToo()
    {
        var queued = 0;
        while (Enqueue("x", 0).Result == EnqueueResult.Queued)
        {
            queued++;
        }

        Assert.Equal(4 * (FlatRate + 72) / FlatRate, queued);
    }

    [Fact]
    public void Enqueue_LongMessages_AreBoundedToo()
    {
        var frame = new OutboundFrame { Type = SessionType.Client, Code = "-1", Message = new string('好', 300) };
        Assert.Equal(EnqueueResult.Full, _queue.Enqueue(frame, out _));
        Assert.Equal(EnqueueResult.Queued, _queue.Enqueue(frame with { Message = new string('好', 200) }, out _));
        Assert.Equal(["?"], TakeAll());
    }

    [Fact]
    public void Enqueue_OnceTaken_TheRoomIsThereAgain()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(EnqueueResult.Queued, Enqueue("a", 72).Result);
            Assert.Equal(EnqueueResult.Queued, Enqueue("b", 400).Result);
            Assert.Equal(EnqueueResult.Full, Enqueue("c", 72).Result);
            Assert.Equal(["a", "b"], TakeAll());
        }
    }

    [Fact]
    public void TryClose_CloseComesAfterWhatWaits_AndOnce()
    {
        Enqueue("1");
        Assert.True(_queue.TryClose(CloseCode.Draining, discard: false, out var startWriter));
        Assert.False(startWriter);
        Assert.Equal(["1", "4003"], TakeAll());
        Assert.Equal([], TakeAll());
    }

    [Fact]
    public void TryClose_Discard_GivesUpWhatWaits()
    {
        Enqueue("1");
        Enqueue("2");
        Assert.True(_queue.TryClose(CloseCode.SlowConsumer, discard: true, out _));
        Assert.Equal(["4002"], TakeAll());
    }

    [Fact]
    public void TryClose_NobodyWrites_StartsTheWriter()
    {
        Assert.True(_queue.TryClose(CloseCode.NotOpened, discard: false, out var startWriter));
        Assert.True(startWriter);
        Assert.Equal(["4508"], TakeAll());
    }

    [Fact]
    public void TryClose_Twice_TheFirstCodeWins()
    {
        Enqueue("1");
        Assert.True(_queue.TryClose(CloseCode.Superseded, discard: false, out _));
        Assert.False(_queue.TryClose(CloseCode.Banned, discard: true, out var startWriter));
        Assert.False(startWriter);
        Assert.Equal(["1", "4502"], TakeAll());
    }

    [Fact]
    public void Enqueue_Closed_IsRefused()
    {
        _queue.TryClose(CloseCode.Normal, discard: false, out _);
        Assert.Equal((EnqueueResult.Closed, false), Enqueue("1"));
        Assert.Equal(["1000"], TakeAll());
        Assert.Equal((EnqueueResult.Closed, false), Enqueue("2"));
    }

    [Fact]
    public async Task ManyThreads_OneWriterAtATime_NothingLostNothingTwiceInEachOnesOrder()
    {
        const int Senders = 8;
        const int Each = 5_000;
        var queue = new OutgoingQueue(int.MaxValue);
        var written = new List<string>();
        var writers = 0;
        var overlapped = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        void Write()
        {
            if (Interlocked.Increment(ref writers) != 1)
            {
                Interlocked.Increment(ref overlapped);
            }

            // The count goes down before the queue says that nobody writes any more: only then may the next one start.
            while (true)
            {
                Interlocked.Decrement(ref writers);
                if (!queue.TryNext(out var frame, out var close))
                {
                    return;
                }

                if (Interlocked.Increment(ref writers) != 1)
                {
                    Interlocked.Increment(ref overlapped);
                }

                written.Add(close is { } code ? ((int)code).ToString() : frame.Uuid!);
                if (close is not null)
                {
                    done.TrySetResult();
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                Assert.Equal(EnqueueResult.Queued, queue.Enqueue(new OutboundFrame { Type = SessionType.Client, Code = "0", Uuid = $"{sender}:{i}" }, out var startWriter));
                if (startWriter)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(_ => Write(), null);
                }
            }
        })));
        if (queue.TryClose(CloseCode.Normal, discard: false, out var start) && start)
        {
            Write();
        }

        await done.Task;
        Assert.Equal(0, overlapped);
        Assert.Equal("1000", written[^1]);
        Assert.Equal((Senders * Each) + 1, written.Count);
        foreach (var group in written.SkipLast(1).GroupBy(uuid => uuid.Split(':')[0]))
        {
            Assert.Equal(Enumerable.Range(0, Each), group.Select(uuid => int.Parse(uuid.Split(':')[1])));
        }
    }

    private (EnqueueResult Result, bool StartWriter) Enqueue(string uuid, int bytes = 10)
    {
        var data = bytes == 0 ? JsonPayload.None : JsonPayload.FromValidated(Encoding.ASCII.GetBytes(new string('1', bytes)));
        var result = _queue.Enqueue(new OutboundFrame { Type = SessionType.Client, Code = "0", Uuid = uuid, Data = data }, out var startWriter);
        return (result, startWriter);
    }

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (_queue.TryNext(out var frame, out var close))
        {
            taken.Add(close is { } code ? ((int)code).ToString() : frame.Uuid ?? "?");
        }

        return taken;
    }
}
