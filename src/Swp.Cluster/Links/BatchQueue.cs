using System.Diagnostics.CodeAnalysis;
using Swp.Relay;

namespace Swp.Cluster.Links;

/// <summary>
/// A bounded queue with one reader that takes everything waiting, up to the size of a batch. Bounded by weight, so that neither many small
/// nor a few large frames can fill the memory.
/// </summary>
internal sealed class BatchQueue<TFrame>(BatchLimits limits)
    where TFrame : struct, IRelayFrame
{
    private readonly Lock _gate = new();
    private readonly Queue<TFrame> _frames = new();
    private long _weight;
    private bool _completed;
    private bool _nudged;
    private TaskCompletionSource? _reader;

    /// <summary>How many frames wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count;
            }
        }
    }

    /// <summary>Adds a frame unless the queue is full or completed. A <paramref name="control"/> frame is taken even when it is full.</summary>
    public bool TryEnqueue(in TFrame frame, bool control = false)
    {
        TaskCompletionSource? reader;
        lock (_gate)
        {
            if (_completed || (!control && _weight + frame.Weight > limits.QueueWeight))
            {
                return false;
            }

            _frames.Enqueue(frame);
            _weight += frame.Weight;
            reader = _reader;
            _reader = null;
        }

        reader?.TrySetResult();
        return true;
    }

    /// <summary>Waits for frames, or for a <see cref="Nudge"/>. Only one reader at a time.</summary>
    /// <returns><see langword="false"/> when the queue is completed and empty.</returns>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        Task waiting;
        lock (_gate)
        {
            if (_frames.Count > 0)
            {
                return true;
            }

            if (_completed)
            {
                return false;
            }

            // Continuations run elsewhere: whoever enqueues must not run the reader's code.
            _reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _reader.Task;
        }

        await waiting.WaitAsync(cancellationToken);
        lock (_gate)
        {
            var nudged = _nudged;
            _nudged = false;
            return _frames.Count > 0 || (nudged && !_completed);
        }
    }

    /// <summary>Lets a reader go on that waits although there is nothing.</summary>
    public void Nudge()
    {
        TaskCompletionSource? reader;
        lock (_gate)
        {
            reader = _reader;
            _reader = null;
            _nudged |= reader is not null;
        }

        reader?.TrySetResult();
    }

    /// <summary>Takes the next batch, in order.</summary>
    public bool TryTake([NotNullWhen(true)] out TFrame[]? batch)
    {
        lock (_gate)
        {
            if (_frames.Count == 0)
            {
                batch = null;
                return false;
            }

            batch = new TFrame[CountOfBatch()];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = _frames.Dequeue();
                _weight -= batch[i].Weight;
            }

            return true;
        }
    }

    /// <summary>What waits now, in order.</summary>
    public TFrame[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _frames];
        }
    }

    /// <summary>Refuses whatever comes from now on; what waits can still be taken.</summary>
    public void Seal()
    {
        TaskCompletionSource? reader;
        lock (_gate)
        {
            _completed = true;
            reader = _reader;
            _reader = null;
        }

        reader?.TrySetResult();
    }

    /// <summary>Refuses whatever comes from now on and returns what was waiting.</summary>
    public TFrame[] Complete()
    {
        TaskCompletionSource? reader;
        TFrame[] rest;
        lock (_gate)
        {
            _completed = true;
            rest = [.. _frames];
            _frames.Clear();
            _weight = 0;
            reader = _reader;
            _reader = null;
        }

        reader?.TrySetResult();
        return rest;
    }

    private int CountOfBatch()
    {
        if (_frames.Count <= limits.BatchCount && _weight <= limits.BatchWeight)
        {
            return _frames.Count;
        }

        var count = 0;
        long weight = 0;
        foreach (var frame in _frames)
        {
            weight += frame.Weight;
            if (count > 0 && (count == limits.BatchCount || weight > limits.BatchWeight))
            {
                break;
            }

            count++;
        }

        return count;
    }
}
