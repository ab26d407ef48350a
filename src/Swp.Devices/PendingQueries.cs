using System.Collections.Concurrent;

namespace Swp.Devices;

/// <summary>The questions of one connection that wait for their answers, by uuid.</summary>
internal sealed class PendingQueries(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Frame>> _pending = new();
    private volatile bool _closed;

    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    public async Task<Frame> AskAsync(Frame question, Func<Frame, Task> send, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<Frame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[question.Uuid!] = answer;
        try
        {
            // Looked at after the entry was made: whichever of this and Close comes second sees the other.
            if (_closed)
            {
                throw new ConnectionLostException();
            }

            await send(question);
            return await answer.Task.WaitAsync(timeout, time, cancellationToken);
        }
        finally
        {
            _pending.TryRemove(question.Uuid!, out _);
        }
    }

    /// <summary>Hands an answer over; one that nobody waits for any more is dropped.</summary>
    public bool TryComplete(Frame answer) =>
        answer.Uuid is not null && _pending.TryRemove(answer.Uuid, out var waiting) && waiting.TrySetResult(answer);

    public void Close()
    {
        _closed = true;
        foreach (var waiting in _pending.Values)
        {
            waiting.TrySetException(new ConnectionLostException());
        }
    }
}
