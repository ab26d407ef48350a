using System.Diagnostics.CodeAnalysis;
using Swp.Clients;
using Swp.Gateway.Connections;
using Swp.Gateway.Protocol;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>
/// The thread between one connection and the owner of its client, wherever that lives: attaches, numbers what the client says, keeps it until
/// the owner has it, and attaches again when the owner moves or dies. The socket stays open meanwhile and reading pauses.
/// </summary>
internal sealed partial class ClientRelay
{
    /// <summary>How much one connection may have under way before it is read no further.</summary>
    private const int MaxFramesUnderWay = 64;

    private const int MaxBytesUnderWay = 256 * 1024;

    /// <summary>How many frames of an owner may come before its answer to the attach does.</summary>
    private const int MaxEarlyFrames = 1024;

    /// <summary>How long an owner is looked for before the client is sent away.</summary>
    private static readonly TimeSpan OwnerPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Connection _connection;
    private readonly RelayServices _services;
    private readonly bool _heartbeatReply;
    private Queue<OwnerboundFrame>? _underWay;
    private int _bytesUnderWay;
    private TaskCompletionSource? _room;
    private List<ClientboundFrame>? _early;
    private SiloAddress? _owner;
    private DateTimeOffset? _lastHeartbeat;
    private DateTimeOffset _connectedAt;
    private long _openEpoch;
    private long _epoch;
    private long _sequence;
    private State _state = State.Attaching;
    private CloseCode? _ended;

    public ClientRelay(Connection connection, ClientKey key, DateTimeOffset? lastHeartbeat, bool heartbeatReply, RelayServices services)
    {
        _connection = connection;
        Key = key;
        _lastHeartbeat = lastHeartbeat;
        _heartbeatReply = heartbeatReply;
        _services = services;
    }

    private enum State : byte
    {
        /// <summary>Its owner is asked; what the client says waits.</summary>
        Attaching,

        /// <summary>Frames flow.</summary>
        Attached,

        /// <summary>Its owner has its last word, or will never need it.</summary>
        Done,
    }

    public ClientKey Key { get; }

    public long ConnectionId => _connection.Id;

    // ---- Attaching --------------------------------------------------------------------------------------------------------------------

    /// <summary>Attaches the connection for the first time.</summary>
    /// <param name="data">The OPEN's data.</param>
    /// <param name="token">The client's token.</param>
    /// <param name="answer">Answers the OPEN: called before any frame of the owner is passed on.</param>
    /// <returns>Why the client is refused, or <see langword="null"/>.</returns>
    public async ValueTask<AttachResult?> OpenAsync(JsonPayload data, string? token, Action answer)
    {
        _services.Relays.Add(this);
        var result = await AttachAsync(Request() with { Data = data, Token = token }, OpenPatience, CancellationToken.None);
        if (result?.Status == AttachStatus.Attached)
        {
            OnAttached(result, answer);
            return null;
        }

        Finish();
        return result ?? new AttachResult
        {
            Status = AttachStatus.Refused,
            Owner = _services.Local.SiloAddress,
            Message = "The client's owner cannot be reached.",
            Error = new ErrorDetail(ErrorCodes.OwnerUnavailable, Retryable: true),
            CloseCode = CloseCode.OwnerUnavailable,
        };
    }

    /// <summary>Attaches the connection again; called by the queue that limits the rate.</summary>
    public async Task ReattachAsync(CancellationToken stopping)
    {
        try
        {
            if (_ended is not null)
            {
                // Its last word did not reach its owner, and nothing else is left to say.
                Finish();
                await _services.Grains.GetGrain<IClientAttachment>(Key.ToGrainId()).DetachAsync(ConnectionId, _epoch).WaitAsync(OpenPatience, _services.Time, stopping);
                return;
            }

            var resume = new Resume(_openEpoch, _epoch, _connectedAt);
            var result = await AttachAsync(Request() with { Resume = resume }, OwnerPatience, stopping);
            if (result?.Status == AttachStatus.Attached)
            {
                OnAttached(result, answer: null);
                return;
            }

            Finish();
            _connection.Close(result?.Status switch
            {
                AttachStatus.Superseded => CloseCode.Superseded,
                AttachStatus.Refused => result.CloseCode,
                _ => CloseCode.OwnerUnavailable,
            });
        }
        catch (Exception e)
        {
            Finish();
            LogReattachFailed(_services.Logger, Key, e.Message);
            _connection.Close(CloseCode.OwnerUnavailable);
        }
    }

    private AttachRequest Request() => new()
    {
        Gateway = _services.Local.SiloAddress,
        GatewayName = _services.Local.Name,
        ConnectionId = ConnectionId,
        RemoteAddress = _connection.RemoteAddress,
        HeartbeatReply = _heartbeatReply,
        LastHeartbeatAge = _lastHeartbeat is { } last ? _services.Time.GetUtcNow() - last : null,
    };

    /// <summary>Asks the owner, again and again while it cannot be reached. <see langword="null"/> when patience runs out.</summary>
    private async Task<AttachResult?> AttachAsync(AttachRequest request, TimeSpan patience, CancellationToken stopping)
    {
        var grain = _services.Grains.GetGrain<IClientAttachment>(Key.ToGrainId());
        var started = _services.Time.GetTimestamp();
        for (var delay = FirstRetry; ; delay = delay * 2 < LongestRetry ? delay * 2 : LongestRetry)
        {
            try
            {
                return await grain.AttachAsync(request, stopping).WaitAsync(patience, _services.Time, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogAttachFailed(_services.Logger, Key, e.Message);
                if (_services.Time.GetElapsedTime(started) + delay > patience)
                {
                    return null;
                }
            }

            // Full jitter: those who lost the same owner do not come back in step.
            await Task.Delay(delay * Random.Shared.NextDouble(), _services.Time, stopping);
        }
    }

    private void OnAttached(AttachResult result, Action? answer)
    {
        // Made here and not with the first frame: only an owner with a link is watched, and an idle client's owner can die too.
        var link = _services.Links.Get(result.Owner);
        lock (_gate)
        {
            _owner = result.Owner;
            _epoch = result.Epoch;
            if (answer is not null)
            {
                _openEpoch = result.Epoch;
                _connectedAt = _services.Time.GetUtcNow();
            }

            _state = State.Attached;
            answer?.Invoke();
            foreach (var frame in _early ?? [])
            {
                if (frame.Epoch == _epoch)
                {
                    Pass(frame);
                }
            }

            _early = null;
            while (_underWay?.TryPeek(out var seen) == true && seen.Sequence <= result.LastSequence)
            {
                Forget();
            }

            foreach (var frame in _underWay ?? [])
            {
                Transmit(frame);
            }

            if (_ended is { } code)
            {
                SayClosed(code);
            }
        }

        if (!link.IsAlive)
        {
            // It died while it answered: the watcher may have passed before the owner was noted.
            StartReattach();
        }
    }

    /// <summary>Nothing more goes to the owner.</summary>
    private void Finish()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _state = State.Done;
            (room, _room) = (_room, null);
        }

        _services.Relays.Remove(this);
        room?.TrySetResult();
    }

    /// <summary>The owner moved, died, or does not know the connection any more.</summary>
    private void StartReattach()
    {
        lock (_gate)
        {
            if (_state != State.Attached)
            {
                return;
            }

            _state = State.Attaching;
            _owner = null;
        }

        _services.Reattach.Add(this);
    }

    // ---- What the client says ---------------------------------------------------------------------------------------------------------

    /// <summary>Passes a frame on. Waits while too much of this connection is under way, which makes TCP slow the client down.</summary>
    public ValueTask SendAsync(OwnerboundKind kind, in InboundFrame frame)
    {
        if (kind == OwnerboundKind.Heartbeat)
        {
            _lastHeartbeat = _services.Time.GetUtcNow();
        }

        var outgoing = new OwnerboundFrame
        {
            ConnectionId = ConnectionId,
            Kind = kind,
            Uuid = frame.Uuid,
            Code = frame.Code,
            Message = frame.Message,
            Data = frame.Data,
        };
        return TryEnqueue(outgoing, out var room) ? default : WaitAndEnqueueAsync(outgoing, room);
    }

    /// <summary>The connection has ended; the owner hears it after everything the client said.</summary>
    public void End(CloseCode code)
    {
        lock (_gate)
        {
            _ended = code;
            _room?.TrySetResult();
            if (_state == State.Attached)
            {
                SayClosed(code);
            }
        }
    }

    private void SayClosed(CloseCode code) =>
        Enqueue(new OwnerboundFrame { ConnectionId = ConnectionId, Kind = OwnerboundKind.Closed, Code = "0", CloseCode = code });

    private async ValueTask WaitAndEnqueueAsync(OwnerboundFrame frame, Task room)
    {
        do
        {
            await room;
        }
        while (!TryEnqueue(frame, out room!));
    }

    private bool TryEnqueue(in OwnerboundFrame frame, [NotNullWhen(false)] out Task? room)
    {
        lock (_gate)
        {
            room = null;
            if (_ended is not null || _state == State.Done)
            {
                // Nobody is interested any more.
                return true;
            }

            if (_underWay is { } underWay && (underWay.Count >= MaxFramesUnderWay || _bytesUnderWay >= MaxBytesUnderWay))
            {
                room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                return false;
            }

            Enqueue(frame);
            return true;
        }
    }

    private void Enqueue(in OwnerboundFrame frame)
    {
        var numbered = frame with { Sequence = ++_sequence };
        (_underWay ??= new Queue<OwnerboundFrame>(2)).Enqueue(numbered);
        _bytesUnderWay += numbered.Weight;
        if (_state == State.Attached)
        {
            Transmit(numbered);
        }
    }

    // A link that is full or lost keeps nothing: what is under way is sent again when the connection has been attached again.
    private void Transmit(in OwnerboundFrame frame)
    {
        if (!_services.Links.Get(_owner!).TrySend(frame with { Epoch = _epoch }, control: frame.Kind == OwnerboundKind.Closed))
        {
            StartReattach();
        }
    }

    // ---- Receipts ---------------------------------------------------------------------------------------------------------------------

    /// <summary>The owner has a frame.</summary>
    public void OnDelivered(in OwnerboundFrame frame)
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            while (_underWay?.TryPeek(out var first) == true && first.Sequence <= frame.Sequence)
            {
                Forget();
            }

            if (_room is not null && (_underWay?.Count ?? 0) <= MaxFramesUnderWay / 2)
            {
                (room, _room) = (_room, null);
            }

        }

        room?.TrySetResult();
        if (frame.Kind == OwnerboundKind.Closed)
        {
            Finish();
        }
    }

    /// <summary>The owner refused a frame.</summary>
    public void OnRejected(in OwnerboundFrame frame, RejectReason reason)
    {
        lock (_gate)
        {
            if (frame.Epoch != _epoch)
            {
                // Sent before the connection was attached again; it is under way once more.
                return;
            }
        }

        if (reason == RejectReason.Overflow)
        {
            _connection.Close(CloseCode.RateLimited);
        }
        else
        {
            StartReattach();
        }
    }

    /// <summary>A member is dead.</summary>
    public void OnOwnerLost(SiloAddress owner)
    {
        lock (_gate)
        {
            if (!owner.Equals(_owner))
            {
                return;
            }
        }

        StartReattach();
    }

    private void Forget() => _bytesUnderWay -= _underWay!.Dequeue().Weight;

    // ---- What the owner says ----------------------------------------------------------------------------------------------------------

    /// <summary>Passes an owner's frame on to the client, unless the owner no longer speaks to this connection.</summary>
    public RejectReason? Accept(in ClientboundFrame frame)
    {
        lock (_gate)
        {
            if (_ended is not null || _state == State.Done)
            {
                return RejectReason.NotAttached;
            }

            if (frame.Epoch < _epoch)
            {
                return RejectReason.StaleEpoch;
            }

            if (frame.Epoch > _epoch)
            {
                // The owner has attached the connection, and its answer to that is still on its way.
                if (_state != State.Attaching || (_early ??= []).Count >= MaxEarlyFrames)
                {
                    return RejectReason.StaleEpoch;
                }

                _early.Add(frame);
                return null;
            }

            return Pass(frame);
        }
    }

    private RejectReason? Pass(in ClientboundFrame frame)
    {
        switch (frame.Kind)
        {
            case ClientboundKind.Close:
                _connection.Close(frame.CloseCode);
                return null;
            case ClientboundKind.Reattach:
                StartReattach();
                return null;
        }

        var result = _connection.Send(new OutboundFrame
        {
            Type = frame.Kind switch
            {
                ClientboundKind.Answer => SessionType.Client,
                ClientboundKind.Heartbeat => SessionType.Heart,
                _ => SessionType.Server,
            },
            Uuid = frame.Uuid,
            Code = frame.Code,
            Message = frame.Message,
            Data = frame.Data,
            Error = frame.Error,
        });
        return result switch
        {
            EnqueueResult.Queued => null,
            EnqueueResult.Full => RejectReason.Overflow,
            _ => RejectReason.NotAttached,
        };
    }

    [LoggerMessage(LogLevel.Information, "{Client} could not be attached and is tried again: {Reason}")]
    private static partial void LogAttachFailed(ILogger logger, ClientKey client, string reason);

    [LoggerMessage(LogLevel.Information, "{Client} could not be attached again: {Reason}")]
    private static partial void LogReattachFailed(ILogger logger, ClientKey client, string reason);
}
