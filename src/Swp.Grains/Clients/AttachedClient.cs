using Swp.Clients;
using Swp.Cluster.Limits;
using Swp.Grains.Promises;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <summary>
/// The way from this silo's owner service into the activation of an attached client: frames run as turns of the activation, in order, without
/// passing through its message queue, which admits nothing while it is being deactivated.
/// </summary>
internal sealed class AttachedClient(SiloAddress gateway, long connectionId, long epoch, TaskScheduler activation, IFrameHandler handler) : ILocalClient
{
    /// <summary>
    /// How many frames may wait for a turn. A turn takes microseconds, so this many mean that the silo cannot keep up with this client.
    /// </summary>
    public const int Capacity = 4096;

    private readonly Lock _gate = new();

    // Nearly always there is one frame at most; a queue that has held one would keep half a kilobyte for each client.
    private OwnerboundFrame _first;
    private Queue<OwnerboundFrame>? _more;
    private bool _hasFirst;
    private long _uncounted;
    private bool _scheduled;
    private bool _closed;

    public SiloAddress Gateway => gateway;

    public long ConnectionId => connectionId;

    public long Epoch => epoch;

    /// <summary>What the connection knows of the requests of earlier owners.</summary>
    public ResumedRequests? Resumed { get; init; }

    /// <summary>Counts what the client sends; <see langword="null"/> where there are no limits. Its gateway holds back what is over them.</summary>
    public ClientLimiter? Limiter { get; init; }

    /// <summary>Whether it takes nothing more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    /// <summary>Takes nothing more: the activation ends, or another attachment has taken this one's place.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>
    /// Hands a frame to the activation. An answer, which has gone to its promise already, is worth no turn of its own: the activation counts it when it
    /// next looks.
    /// </summary>
    /// <returns>Why not, or <see langword="null"/>.</returns>
    public RejectReason? Post(in OwnerboundFrame frame)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return RejectReason.NotAttached;
            }

            if (frame.Kind != OwnerboundKind.Closed)
            {
                Limiter?.Charge(frame.Size);
            }

            if (frame.Kind == OwnerboundKind.Answer && !_scheduled)
            {
                _uncounted = Math.Max(_uncounted, frame.Sequence);
                return null;
            }

            if (_more?.Count >= Capacity && frame.Kind != OwnerboundKind.Closed)
            {
                return RejectReason.Overflow;
            }

            if (_hasFirst || _more is not null)
            {
                (_more ??= new Queue<OwnerboundFrame>()).Enqueue(frame);
            }
            else
            {
                (_first, _hasFirst) = (frame, true);
            }

            if (_scheduled)
            {
                return null;
            }

            _scheduled = true;
        }

        Schedule();
        return null;
    }

    public Task<CallResult?> CallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken)
    {
        var call = new LocalCall(this, handler, request, oneWay, cancellationToken);

        // Nothing of the caller's goes along, as with a message: not its activity, nor what else flows.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _ = Task.Factory.StartNew(static call => ((LocalCall)call!).RunAsync(), call, CancellationToken.None, TaskCreationOptions.None, activation);
        return call.Task;
    }

    /// <summary>Hands an answer back to the activation.</summary>
    public void Repeat(in ClientboundFrame answer)
    {
        var frame = answer;
        _ = Task.Factory.StartNew(() => handler.OnAnswerRefused(frame), CancellationToken.None, TaskCreationOptions.None, activation);
    }

    /// <summary>Lets the client move to another owner; ends when it may be looked for there.</summary>
    public Task LeaveAsync() =>
        Task.Factory.StartNew(static handler => ((IFrameHandler)handler!).OnLeaveAsync(), handler, CancellationToken.None, TaskCreationOptions.None, activation).Unwrap();

    /// <summary>Handles what waits, in a turn of the activation.</summary>
    public void Drain()
    {
        while (TryNext(out var frame))
        {
            handler.OnFrame(gateway, frame);
        }
    }

    private void Schedule() =>
        _ = Task.Factory.StartNew(static self => ((AttachedClient)self!).Drain(), this, CancellationToken.None, TaskCreationOptions.None, activation);

    private bool TryNext(out OwnerboundFrame frame)
    {
        lock (_gate)
        {
            if (_uncounted > 0)
            {
                frame = new OwnerboundFrame { ConnectionId = connectionId, Epoch = epoch, Sequence = _uncounted, Kind = OwnerboundKind.Answer, Code = "0" };
                _uncounted = 0;
                return true;
            }

            if (_hasFirst)
            {
                (frame, _first, _hasFirst) = (_first, default, false);
                return true;
            }

            if (_more?.TryDequeue(out frame) == true)
            {
                return true;
            }

            frame = default;
            _more = null;
            _scheduled = false;
            return false;
        }
    }
}
