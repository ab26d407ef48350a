using System.Diagnostics.CodeAnalysis;
using Swp.Cluster.Heartbeats;
using Swp.Cluster.Limits;
using Swp.Clients;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
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
    /// <summary>How many frames of an owner may come before its answer to the attach does.</summary>
    private const int MaxEarlyFrames = 1024;

    /// <summary>How long an owner is looked for before the client is sent away.</summary>
    private static readonly TimeSpan OwnerPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take: an owner that hangs, or is cut off, must not hold up those who wait for another one.</summary>
    private static readonly TimeSpan AttemptPatience = TimeSpan.FromSeconds(5);

    /// <summary>The same while a socket is open and its owner is lost: at the next attempt the membership, or the directory, may know better.</summary>
    private static readonly TimeSpan ReattachPatience = TimeSpan.FromSeconds(3);

    /// <summary>The share of the interval after which a HEART that was read late is put: between what is refused (0.9) and what was asked for.</summary>
    private const double LateHeartbeatShare = 0.95;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Connection _connection;
    private readonly RelayServices _services;
    private readonly bool _heartbeatReply;
    private readonly long _openedAt;
    private readonly FramesUnderWay _underWay = new();
    private readonly OpenQueries _queries = new();
    private readonly RequestBook _requests;
    private readonly Action<OwnerboundFrame> _onTaken;
    private List<ClientboundFrame>? _early;
    private DeliverySpans? _spans;
    private SiloAddress? _owner;
    private TimeSpan? _lastHeartbeat;
    private (long Sequence, TimeSpan At)? _heartbeatUnderWay;
    private TimeSpan _heartbeatCame;
    private DateTimeOffset _connectedAt;
    private long _openEpoch;
    private long _lostAt;
    private TimeSpan _nextDelay;
    private long _epoch;
    private long _inDoubt;
    private long _transmitted;
    private bool _refusesRequests;
    private bool _retired;
    private TimeSpan _retiresAt = TimeSpan.MaxValue;
    private volatile bool _givenUp;
    private State _state = State.Attaching;
    private CloseCode? _ended;

    public ClientRelay(Connection connection, ClientKey key, TimeSpan? lastHeartbeat, bool heartbeatReply, RelayServices services)
    {
        _connection = connection;
        Key = key;
        _lastHeartbeat = lastHeartbeat;
        _heartbeatReply = heartbeatReply;
        _services = services;
        _openedAt = services.Time.GetTimestamp();
        _requests = new RequestBook(services.Time);
        _onTaken = OnTaken;
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

    /// <summary>
    /// What the client has used up of its limits, as its owner counts it too; <see langword="null"/> where there are none. Whoever reads the connection
    /// takes from it.
    /// </summary>
    public ClientLimiter? Limiter { get; private set; }

    /// <summary>Its number in the roll of its type, which guards it: 0 before it opens, negative once it has closed.</summary>
    public long RollNumber { get; set; }

    /// <summary>Whether the client owes an answer that somebody still waits for, or waits for one itself.</summary>
    public bool HasOpenRequests
    {
        get
        {
            lock (_gate)
            {
                return _requests.HasOpen || _queries.Count > 0;
            }
        }
    }

    /// <summary>
    /// The connection is about to be closed, if nothing is open on it: from then on it takes no more requests, which wait for the client's next connection.
    /// </summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            _retired |= !HasOpenRequests;
            return _retired;
        }
    }

    /// <summary>The connection is closed soon whatever is open on it: it takes only the requests that end before that, so that none is cut off.</summary>
    public void RetireWithin(TimeSpan left)
    {
        lock (_gate)
        {
            _retiresAt = HeartbeatClock.Now(_services.Time) + left;
        }
    }

    /// <summary>The connection closes: it is listed and told no more.</summary>
    public void LeaveRoll() => _services.Open.Leave(this);

    /// <summary>The client, as this gateway knows it once it has opened.</summary>
    public ConnectedClient Describe(string gateway) =>
        new() { Key = Key, Gateway = gateway, ConnectedAt = _connectedAt, RemoteAddress = _connection.RemoteAddress };

    /// <summary>Tells the client something that concerns no owner.</summary>
    /// <returns>Whether it waits to be written.</returns>
    public bool Tell(in OutboundFrame frame, WriterBatch writers) => _connection.Send(frame, writers) == EnqueueResult.Queued;

    /// <summary>Ends the spans of requests that nobody waits for any more. Costs nothing where none is open.</summary>
    public void EndLateSpans()
    {
        if (_spans is null)
        {
            return;
        }

        lock (_gate)
        {
            _spans?.EndLate();
            if (_spans is { Count: 0 })
            {
                _spans = null;
            }
        }
    }

    // ---- What the client says ---------------------------------------------------------------------------------------------------------

    /// <summary>Passes a frame on. Waits while too much of this connection is under way, which makes TCP slow the client down.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="size">The message's size in bytes.</param>
    /// <param name="late">How long ago it may have come: the connection was not read for so long.</param>
    public ValueTask SendAsync(OwnerboundKind kind, in InboundFrame frame, int size, TimeSpan late)
    {
        var outgoing = new OwnerboundFrame
        {
            ConnectionId = ConnectionId,
            Kind = kind,
            Uuid = frame.Uuid,
            Code = frame.Code,
            Message = frame.Message,
            Data = frame.Data,
            Size = size,
        };
        if (kind == OwnerboundKind.Heartbeat)
        {
            lock (_gate)
            {
                _heartbeatCame = CameAt(HeartbeatClock.Now(_services.Time), late);
            }
        }

        return TryEnqueue(outgoing, out var room) ? default : WaitAndEnqueueAsync(outgoing, room);
    }

    /// <summary>The connection has ended; the owner hears it after everything the client said.</summary>
    public void End(CloseCode code)
    {
        lock (_gate)
        {
            if (_openEpoch > 0)
            {
                _services.Refused.Forget(Key);
            }

            _ended = code;
            _spans?.EndAll();
            _underWay.Release();
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

            if (!_underWay.HasRoom(out room))
            {
                return false;
            }

            Enqueue(frame);
            return true;
        }
    }

    private void Enqueue(in OwnerboundFrame frame)
    {
        var numbered = _underWay.Add(frame);
        if (frame.Kind == OwnerboundKind.Heartbeat)
        {
            _heartbeatUnderWay = (numbered.Sequence, _heartbeatCame);
        }
        else if (frame.Kind == OwnerboundKind.Query)
        {
            _queries.Add(numbered.Sequence, frame.Uuid);
        }
        else if (frame.Kind == OwnerboundKind.Answer && frame.Uuid is { } uuid)
        {
            _requests.Answer(uuid, numbered.Sequence);
            _spans?.Answer(uuid, frame.Code);
        }

        if (_state == State.Attached)
        {
            Transmit(numbered);
        }
    }

    // A HEART that could not be read at once came at some time since: at the first at which it was allowed, if that is one of them. So one that was read
    // late never makes the next one look too early, and is itself judged by what it may have been.
    private TimeSpan CameAt(TimeSpan now, TimeSpan late)
    {
        var allowed = (_heartbeatUnderWay?.At ?? _lastHeartbeat) + (_connection.Type.MinHeartbeatInterval * LateHeartbeatShare);
        return allowed is not { } at || at < now - late ? now - late : at < now ? at : now;
    }

    // A link that is full or lost keeps nothing: what is under way is sent again when the connection has been attached again.
    private void Transmit(in OwnerboundFrame frame)
    {
        var age = _heartbeatUnderWay is { } heart && heart.Sequence == frame.Sequence ? HeartbeatClock.Now(_services.Time) - heart.At : default;
        if (!_services.Links.Get(_owner!).TrySend(frame with { Epoch = _epoch, Age = age }, control: frame.Kind == OwnerboundKind.Closed))
        {
            // What waits in a link that is full may still arrive.
            _inDoubt = Math.Max(_inDoubt, _transmitted);
            StartReattach();
            return;
        }

        _transmitted = frame.Sequence;
    }
}
