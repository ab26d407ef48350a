using Swp.Cluster.Limits;
using Swp.Gateway.Protocol;
using Swp.Gateway.Relay;
using Swp.Protocol;

namespace Swp.Gateway.Connections;

/// <content>
/// A client that sends more than it may, or more than its owner takes, is read no faster: what it has sent waits in its own socket, and TCP slows it
/// down. Others are not held up, for nothing of it is under way.
/// </content>
internal sealed partial class Connection
{
    /// <summary>The longest a query waits for its client's limit. One that would have to wait longer is refused, and its client knows when to ask again.</summary>
    private static readonly TimeSpan LongestQueryWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection is not read after such a query: whoever asks again at once gets no more than one refusal in this time.</summary>
    private static readonly TimeSpan RefusedQueryPause = TimeSpan.FromSeconds(1);

    // While this side does not read, the client is not silent.
    private volatile bool _isHeld;

    // Since when there has always been something left to read, in timestamps; 0: there is not.
    private long _behindSince;
    private long _overSince;
    private int _waitsBefore;
    private bool _hadToWait;
    private TaskCompletionSource? _pause;

    /// <summary>Whether a message has to wait, and what comes behind it is not read.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>How long ago the message that has just been read may have come.</summary>
    private TimeSpan Lateness => _behindSince == 0 ? TimeSpan.Zero : _services.Time.GetElapsedTime(_behindSince);

    private ValueTask<ReceiveStatus> ReceiveAsync()
    {
        _waitsBefore = Source?.Waits ?? 0;
        var receiving = _transport.ReceiveAsync(_type.MaxMessageBytes);
        _hadToWait = !receiving.IsCompleted;
        return receiving;
    }

    private ValueTask HandleAsync(ReceiveStatus status)
    {
        if (_hadToWait && Source?.Waits != _waitsBefore)
        {
            // It was read to its end: what came, came now. A client that waits for its answers is slowed down, but does not stay over its limit.
            (_behindSince, _overSince) = (0, 0);
        }

        var handling = OnReceivedAsync(status);
        return handling.IsCompletedSuccessfully ? handling : HoldAsync(handling);
    }

    /// <summary>The message that was read has to wait, and the connection with it.</summary>
    private async ValueTask HoldAsync(ValueTask handling)
    {
        _isHeld = true;
        if (_behindSince == 0)
        {
            _behindSince = _lastReceived;
        }

        try
        {
            await handling;
        }
        finally
        {
            Volatile.Write(ref _lastReceived, _services.Time.GetTimestamp());
            _isHeld = false;
        }
    }

    private async ValueTask OnOverLimitAsync(ClientRelay relay, ClientLimiter limiter, InboundFrame frame, int size, TimeSpan wait)
    {
        _counts.Held.Add();
        if (_overSince == 0)
        {
            _overSince = _services.Time.GetTimestamp();
        }

        // Here too: what waits may go on before whoever holds the connection has come to it.
        _behindSince = _behindSince == 0 ? _lastReceived : _behindSince;

        if (frame.Type == SessionType.Client && wait > LongestQueryWait)
        {
            Send(new OutboundFrame
            {
                Type = SessionType.Client,
                Uuid = frame.Uuid,
                Code = "-1",
                Message = "The query is more than the client may send now; ask again after retryAfterMs.",
                Error = new ErrorDetail(ErrorCodes.RateLimited, Retryable: true, (int)Math.Ceiling(wait.TotalMilliseconds)),
            });
            await PauseAsync(RefusedQueryPause);
            return;
        }

        while (wait > TimeSpan.Zero)
        {
            await PauseAsync(wait);
            if (IsClosing)
            {
                return;
            }

            wait = limiter.TryTake(size);
        }

        await OnOpenedAsync(relay, frame, size);
    }

    private async ValueTask PauseAsync(TimeSpan wait)
    {
        var patience = _type.OverLimitTimeout;
        if (patience > TimeSpan.Zero && _services.Time.GetElapsedTime(_overSince) >= patience)
        {
            Close(CloseCode.RateLimited);
            return;
        }

        var pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _pause, pause);
        using var timer = _services.Time.CreateTimer(static pause => ((TaskCompletionSource)pause!).TrySetResult(), pause, RoundUp(wait), Timeout.InfiniteTimeSpan);
        if (!IsClosing)
        {
            await pause.Task;
        }

        Interlocked.Exchange(ref _pause, null);
    }

    /// <summary>The connection ends: a client that is not read is to hear it now.</summary>
    private void EndPause() => Volatile.Read(ref _pause)?.TrySetResult();

    // Timers count in milliseconds, and drop what is less.
    private static TimeSpan RoundUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
