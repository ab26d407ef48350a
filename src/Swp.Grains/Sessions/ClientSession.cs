using Swp.Cluster.Heartbeats;
using Swp.Cluster.Limits;
using Swp.Grains.Storage;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Sessions;

/// <summary>
/// The client across its connections: which one speaks for it, under which epoch, and what is remembered. A plain state machine; its methods
/// neither wait nor call anyone.
/// </summary>
internal sealed class ClientSession(TimeProvider time)
{
    /// <summary>How long a gateway has to attach a connection again after its owner moved, before the client counts as gone.</summary>
    public static readonly TimeSpan ResumeGrace = TimeSpan.FromSeconds(5);

    private long _openEpoch;
    private DateTimeOffset _firstSeen;
    private DateTimeOffset _lastSeen;
    private BanRecord? _ban;
    private long _banVersion;
    private CloseCode? _expelledBy;
    private TakeoverGuard? _takeovers;
    private AttachmentRecord? _restored;
    private DateTimeOffset _resumeUntil;

    // The last connection has not been heard to have ended: its gateway may still hold it, and believe that it speaks for the client.
    private bool _mayLinger;

    // Above the present connection's while a takeover is being stored: whatever is written meanwhile must not take it back.
    private long _foretold;

    /// <summary>The connection that speaks for the client, or <see langword="null"/>.</summary>
    public Attachment? Current { get; private set; }

    /// <summary>The epoch of the last attachment.</summary>
    public long Epoch { get; private set; }

    /// <summary>Whether the client has ever connected.</summary>
    public bool IsKnown => Epoch > 0;

    public DateTimeOffset? LastSeen => IsKnown ? _lastSeen : null;

    public DateTimeOffset? LastHeartbeat { get; private set; }

    /// <summary>Set while the client is banned.</summary>
    public BanRecord? Ban => _ban is { } ban && (ban.Until is null || ban.Until > time.GetUtcNow()) ? ban : null;

    /// <summary>
    /// The attachment of the record this session was restored from, while its gateway may still attach it again. Until then nobody knows
    /// whether the client is connected.
    /// </summary>
    public AttachmentRecord? Awaited => Current is null && time.GetUtcNow() < _resumeUntil ? _restored : null;

    /// <summary>How much longer the awaited gateway has.</summary>
    public TimeSpan AwaitedFor => Awaited is null ? TimeSpan.Zero : _resumeUntil - time.GetUtcNow();

    /// <summary>What the client has used up of its type's limits, with whatever connection; <see langword="null"/> where there are none.</summary>
    public ClientLimiter? Limiter { get; private set; }

    /// <summary>From now on what the client sends is counted.</summary>
    public void Limit(ClientRates rates) => Limiter = ClientLimiter.For(rates, time);

    /// <summary>Takes up what an earlier activation remembered.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="gatewayIsAlive">Whether the gateway of its attachment may still hold the socket.</param>
    public void Restore(ClientRecord record, bool gatewayIsAlive)
    {
        // A record can arrive late, after the store was down: what happened since is merged with it.
        var merged = IsKnown || _banVersion > 0 ? ClientRecord.Merge(record, ToRecord()) : record;
        (Epoch, _openEpoch, _firstSeen, _lastSeen) = (merged.Epoch, merged.OpenEpoch, merged.FirstSeen, merged.LastSeen);
        (LastHeartbeat, _ban, _banVersion) = (merged.LastHeartbeat, merged.Ban, merged.BanVersion);
        if (Current is { } current)
        {
            // The connection that is here keeps its place, whatever another owner's clock made of an earlier one.
            _openEpoch = current.OpenEpoch;
        }

        if (record.Allowance is { } allowance)
        {
            Limiter?.Spend(new SpentAllowance(Left(allowance.MessagesAt), Left(allowance.BytesAt)));
        }

        if (Current is null && merged.Attachment is not null && gatewayIsAlive)
        {
            _mayLinger = true;
            _restored = merged.Attachment;
            _resumeUntil = time.GetUtcNow() + ResumeGrace;
        }
    }

    /// <summary>
    /// What has to be stored before an OPEN is carried out: that there is a newer connection than the one whose gateway may not learn of it. Were its owner
    /// lost in that moment, the next one would believe the old connection, which knows nothing of what the client is asked through the new one.
    /// </summary>
    /// <returns><see langword="null"/> when nothing has to: the old connection is known to have ended, or the OPEN will be refused.</returns>
    public ClientRecord? Foretell(AttachRequest request)
    {
        if (request.Resume is not null
            || !_mayLinger
            || Current?.IsOf(request) == true
            || IsRestored(request.Gateway, request.ConnectionId)
            || IsOlder(request)
            || (Current is not null && _takeovers?.IsClosed == true))
        {
            return null;
        }

        var now = time.GetUtcNow();
        Epoch = _foretold = NextEpoch(resume: null, now);
        return ToRecord() with
        {
            Attachment = new AttachmentRecord
            {
                Gateway = request.Gateway,
                GatewayName = request.GatewayName,
                ConnectionId = request.ConnectionId,
                ConnectedAt = now,
                RemoteAddress = request.RemoteAddress,
            },
        };
    }

    /// <summary>A connection wants to speak for the client. The newest OPEN wins, unless two fight; a connection that attaches again keeps its place.</summary>
    public AttachVerdict Attach(AttachRequest request)
    {
        if (request.Resume is { } resume && resume.OpenEpoch < _openEpoch && Current?.IsOf(request) != true)
        {
            // Somebody opened after it did. Even when that one has left meanwhile, this one was told, or is told now, that it is superseded.
            return new AttachVerdict(null, Superseded: null, _expelledBy);
        }

        if (IsOlder(request))
        {
            return new AttachVerdict(null, Superseded: null);
        }

        if (request.Resume is null && Current is { } live && !live.IsOf(request) && (_takeovers ??= new TakeoverGuard(time)).TryTakeOver() is { } wait)
        {
            return new AttachVerdict(null, Superseded: null, RetryAfter: wait);
        }

        var now = time.GetUtcNow();
        var previous = Current;
        var epoch = NextEpoch(request.Resume, now);

        // An OPEN can be carried out twice, when the first attempt was given up: it is one OPEN.
        var continued = previous?.IsOf(request) == true;
        Current = new Attachment
        {
            Gateway = request.Gateway,
            GatewayName = request.GatewayName,
            ConnectionId = request.ConnectionId,
            RemoteAddress = request.RemoteAddress,
            ConnectedAt = request.Resume?.ConnectedAt ?? now,
            OpenEpoch = continued ? previous!.OpenEpoch : request.Resume?.OpenEpoch ?? epoch,
            Epoch = epoch,
            OpenedAt = OpenedAt(request),
            HeartbeatReply = request.HeartbeatReply,
            LastSequence = LastSequenceOf(request),
            Heartbeats = new HeartbeatClock { Last = HeartbeatClock.Now(time) - request.LastHeartbeatAge },
        };
        if (!IsKnown)
        {
            _firstSeen = now;
        }

        (Epoch, _openEpoch, _lastSeen, _restored, _expelledBy) = (epoch, Current.OpenEpoch, now, null, null);
        LastHeartbeat = now - request.LastHeartbeatAge ?? LastHeartbeat;
        _mayLinger = true;
        return new AttachVerdict(Current, continued ? null : previous, Continued: continued);
    }

    /// <summary>Whether a frame of the present connection takes effect now: not if it did already, before it was sent again.</summary>
    public bool TryAdmit(SiloAddress gateway, in OwnerboundFrame frame)
    {
        // Two gateways give the same number to two connections: the number alone names none.
        if (Current is not { } current
            || current.ConnectionId != frame.ConnectionId
            || !current.Gateway.Equals(gateway)
            || frame.Sequence <= current.LastSequence)
        {
            return false;
        }

        current.LastSequence = frame.Sequence;
        _lastSeen = time.GetUtcNow();
        return true;
    }

    /// <summary>A HEART of the present connection.</summary>
    /// <param name="minInterval">The least time between two.</param>
    /// <param name="age">How long ago it came: the interval is the client's, however long its owner could not be reached.</param>
    /// <returns><see langword="null"/> when it is accepted; otherwise how far it missed the interval (negative).</returns>
    public TimeSpan? Beat(TimeSpan minInterval, TimeSpan age = default)
    {
        LastHeartbeat = time.GetUtcNow() - age;
        return Current!.Heartbeats.Beat(HeartbeatClock.Now(time) - age, minInterval);
    }

    /// <summary>A connection has ended.</summary>
    /// <returns>The attachment it was, or <see langword="null"/> when it did not speak for the client any more.</returns>
    public Attachment? Detach(SiloAddress gateway, long connectionId)
    {
        var current = Current;
        if (current is not null && current.ConnectionId == connectionId && current.Gateway.Equals(gateway))
        {
            Current = null;
            _mayLinger = false;
            _lastSeen = time.GetUtcNow();
            return current;
        }

        if (IsRestored(gateway, connectionId))
        {
            _restored = null;
            _mayLinger = false;
            _lastSeen = time.GetUtcNow();
        }

        return null;
    }

    /// <summary>The server ends the connection: until the next OPEN none speaks for the client, not even this one when it attaches again.</summary>
    public void Expel(CloseCode code)
    {
        Epoch = _openEpoch = NextEpoch(resume: null, time.GetUtcNow());
        _expelledBy = code;
    }

    /// <summary>Bans the client, or lets it in again.</summary>
    public void SetBan(BanRecord? ban)
    {
        _ban = ban;

        // As an epoch: above every earlier one, even when the last one was never written.
        _banVersion = Math.Max(_banVersion + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Takes up a ban, or the end of one, that another activation wrote.</summary>
    public void LearnBan(ClientRecord record)
    {
        if (record.BanVersion > _banVersion)
        {
            (_ban, _banVersion) = (record.Ban, record.BanVersion);
        }
    }

    /// <summary>What is to be remembered.</summary>
    public ClientRecord ToRecord() => new()
    {
        Epoch = Epoch,
        OpenEpoch = Math.Max(_openEpoch, _foretold),
        FirstSeen = _firstSeen,
        LastSeen = _lastSeen,
        LastHeartbeat = LastHeartbeat,
        Ban = _ban,
        BanVersion = _banVersion,
        Allowance = Limiter?.Spent is { } spent && spent != default ? new AllowanceRecord(time.GetUtcNow() + spent.Messages, time.GetUtcNow() + spent.Bytes) : null,
        Attachment = Current is not { } current ? Awaited : new AttachmentRecord
        {
            Gateway = current.Gateway,
            GatewayName = current.GatewayName,
            ConnectionId = current.ConnectionId,
            ConnectedAt = current.ConnectedAt,
            RemoteAddress = current.RemoteAddress,
            LastSequence = current.LastSequence,
        },
    };

    private TimeSpan Left(DateTimeOffset at) => at > time.GetUtcNow() ? at - time.GetUtcNow() : TimeSpan.Zero;

    private TimeSpan OpenedAt(AttachRequest request) => HeartbeatClock.Now(time) - request.OpenAge;

    // The newest OPEN wins, not the newest attempt: one that was held up by a lost owner must not put out the connection that came after it.
    private bool IsOlder(AttachRequest request) =>
        request.Resume is null && Current is { } current && !current.IsOf(request) && OpenedAt(request) < current.OpenedAt;

    private long LastSequenceOf(AttachRequest request)
    {
        if (Current?.IsOf(request) == true)
        {
            return Current.LastSequence;
        }

        return IsRestored(request.Gateway, request.ConnectionId) ? _restored!.LastSequence : 0;
    }

    // Whether it is the connection that an earlier owner remembered.
    private bool IsRestored(SiloAddress gateway, long connectionId) =>
        _restored is { } restored && restored.ConnectionId == connectionId && restored.Gateway.Equals(gateway);

    // Greater than every earlier epoch of this client on any silo, even when the last one was never written: a clock that is only roughly right
    // is enough, because the gateway's own knowledge and the record are the floor.
    private long NextEpoch(Resume? resume, DateTimeOffset now) =>
        Math.Max(Math.Max(Epoch, resume?.Epoch ?? 0) + 1, now.ToUnixTimeMilliseconds());
}
