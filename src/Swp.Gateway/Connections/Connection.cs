using System.Net.WebSockets;
using Swp.Cluster.Heartbeats;
using Swp.Clients;
using Swp.Gateway.Admission;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Protocol;
using Swp.Gateway.Relay;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Connections;

/// <summary>
/// One socket's life: not opened → open → closing → ended. Reads one message at a time and acts on it, writes what its queue holds, and dies
/// in one way: the first code wins, the close frame follows what was queued, and a peer that does not answer it is cut off.
/// </summary>
internal sealed partial class Connection
{
    /// <summary>How long a peer has to answer a close frame.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);

    private readonly WebSocketTransport _transport;
    private readonly ConnectionServices _services;
    private readonly ClientTypeDescription _type;
    private readonly OutgoingQueue _outgoing;
    private readonly long _accepted;
    private readonly ConnectionCounts _counts;
    private HeartbeatClock _heartbeats;
    private ClientRelay? _relay;
    private long _lastReceived;
    private long _closingSince;
    private int _closeCode;

    public Connection(long id, WebSocket socket, ClientTypeDescription type, string? remoteAddress, string? handshakeToken, ConnectionServices services)
    {
        Id = id;
        RemoteAddress = remoteAddress;
        _transport = new WebSocketTransport(socket);
        _type = type;
        _handshakeToken = handshakeToken;
        _services = services;
        _outgoing = new OutgoingQueue(type.OutboundBufferBytes);
        _counts = services.Instruments.Of(type.Name);
        _accepted = _lastReceived = services.Time.GetTimestamp();
    }

    /// <summary>Unique within this gateway's life.</summary>
    public long Id { get; }

    public string? RemoteAddress { get; }

    public ClientTypeDescription Type => _type;

    /// <summary>Its place among the gateway's sockets.</summary>
    public AdmissionTicket? Ticket { get; init; }

    /// <summary>What its messages are read from, where that is known.</summary>
    public FairStream? Source { get; init; }

    /// <summary>Whether the client may still owe an answer.</summary>
    public bool HasOpenRequests => _relay?.HasOpenRequests == true;

    /// <inheritdoc cref="ClientRelay.TryRetire"/>
    public bool TryRetire() => _relay?.TryRetire() != false;

    /// <inheritdoc cref="ClientRelay.RetireWithin"/>
    public void RetireWithin(TimeSpan left) => _relay?.RetireWithin(left);

    /// <summary>Whether it has a close code.</summary>
    public bool IsClosing => Volatile.Read(ref _closeCode) != 0;

    /// <summary>From the accepted socket to its end.</summary>
    public async Task RunAsync()
    {
        _services.Connections.Add(this);
        _counts.Accepted.Add();
        var peerClosed = CloseCode.Normal;
        try
        {
            while (!IsClosing && await ReceiveAsync() is var status && status != ReceiveStatus.Closed)
            {
                Volatile.Write(ref _lastReceived, _services.Time.GetTimestamp());
                if (!IsClosing)
                {
                    await HandleAsync(status);
                }

                _transport.Release();
            }

            if (IsClosing)
            {
                // What still arrives has no effect, but is read: unread bytes would turn the close into a reset, and the client would not see the code.
                await _transport.DrainAsync();
            }
        }
        catch (Exception e)
        {
            // A fault of the server, not of the peer.
            LogFailed(_services.Logger, e, Id);
            Close(CloseCode.InternalError);
            peerClosed = CloseCode.InternalError;
        }
        finally
        {
            _transport.Release();
            Close(peerClosed);
            _relay?.End((CloseCode)_closeCode);

            // Still in the table: the sweeper cuts off a peer that does not take the last words.
            await _written.Task;
            _services.Connections.Remove(this);
            _counts.OnEnded(_wasOpen);
        }
    }

    /// <summary>Ends the connection with a code. The first one counts.</summary>
    /// <param name="code">The code the client sees.</param>
    /// <param name="discard">Whether what waits to be written is given up.</param>
    public void Close(CloseCode code, bool discard = false)
    {
        // The time first: the sweeper looks at it as soon as there is a code.
        Interlocked.CompareExchange(ref _closingSince, _services.Time.GetTimestamp(), 0);
        if (Interlocked.CompareExchange(ref _closeCode, (int)code, 0) != 0)
        {
            return;
        }

        EndPause();
        _relay?.LeaveRoll();
        _counts.OnClosing(code);
        if (_outgoing.TryClose(code, discard, out var startWriter) && startWriter)
        {
            StartWriter();
        }
    }

    /// <summary>Queues a frame for the client.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="writers">Who starts the writer, together with those of other connections; <see langword="null"/>: it is started by itself.</param>
    public EnqueueResult Send(in OutboundFrame frame, WriterBatch? writers = null)
    {
        var result = _outgoing.Enqueue(frame, out var startWriter);
        if (startWriter && writers is not null)
        {
            writers.Add(this);
        }
        else if (startWriter)
        {
            StartWriter();
        }
        else if (result == EnqueueResult.Full)
        {
            Close(CloseCode.SlowConsumer, discard: true);
        }

        return result;
    }

    /// <summary>Looks at the clock: called by the sweeper, about every half second.</summary>
    public void CheckDeadlines()
    {
        var time = _services.Time;
        _relay?.EndLateSpans();
        if (IsClosing)
        {
            if (time.GetElapsedTime(Volatile.Read(ref _closingSince)) > ClosePatience)
            {
                _transport.Abort();
            }
        }
        else if (IsPaced)
        {
            RefuseWhenDue();
        }
        else if (HasExpired)
        {
            Close(CloseCode.TokenExpired);
        }
        else if (_relay is null && !_isChecking && time.GetElapsedTime(_accepted) > _type.OpenTimeout)
        {
            Close(CloseCode.NotOpened);
        }
        else if (_type.IdleTimeout > TimeSpan.Zero && !_isHeld && time.GetElapsedTime(Volatile.Read(ref _lastReceived)) > _type.IdleTimeout)
        {
            Close(CloseCode.HeartbeatTimeout);
        }
    }

    // ---- Reading ----------------------------------------------------------------------------------------------------------------------

    private ValueTask OnReceivedAsync(ReceiveStatus status)
    {
        _counts.OnReceived(_transport.Message.Length);
        switch (status)
        {
            case ReceiveStatus.Binary:
                Close(CloseCode.UnsupportedData);
                return default;
            case ReceiveStatus.TooBig:
                Close(CloseCode.MessageTooBig);
                return default;
        }

        if (IsPaced)
        {
            // It is refused already, and only does not know it yet.
            return default;
        }

        if (!FrameReader.TryRead(_transport.Message, out var frame, out var fault))
        {
            Close(fault.ToCloseCode());
            return default;
        }

        // The message's bytes are no longer needed while its owner is asked.
        var size = _transport.Message.Length;
        _transport.Release();
        if (_relay is not { } relay)
        {
            return OnNotOpenedAsync(frame);
        }

        return relay.Limiter is { } limiter && limiter.TryTake(size) is var wait && wait > TimeSpan.Zero
            ? OnOverLimitAsync(relay, limiter, frame, size, wait)
            : OnOpenedAsync(relay, frame, size);
    }

    private ValueTask OnNotOpenedAsync(InboundFrame frame)
    {
        switch (frame.Type)
        {
            case SessionType.Open:
                return OpenAsync(frame);
            case SessionType.Heart:
                TryBeat(frame);
                return default;
            default:
                Close(CloseCode.NotOpened);
                return default;
        }
    }

    private ValueTask OnOpenedAsync(ClientRelay relay, InboundFrame frame, int size)
    {
        switch (frame.Type)
        {
            case SessionType.Heart:
                return Lateness > TimeSpan.Zero || TryBeat(frame) ? relay.SendAsync(OwnerboundKind.Heartbeat, frame, size, Lateness) : default;
            case SessionType.Server:
                return relay.SendAsync(OwnerboundKind.Answer, frame, size, late: default);
            case SessionType.Client:
                return relay.SendAsync(OwnerboundKind.Query, frame, size, late: default);
            case SessionType.Open:
                return OpenAgainAsync(relay, frame);
            default:
                Send(new OutboundFrame
                {
                    Type = SessionType.Unknown,
                    UnknownType = frame.UnknownType,
                    Uuid = frame.Uuid,
                    Code = "-1",
                    Message = "The sessionType is none of 0000, 0001, 0002, 0003, and the message had no effect: correct it.",
                    Error = new ErrorDetail(ErrorCodes.UnknownSessionType),
                });
                return default;
        }
    }

    // The owner judges it too, by the same clock; a flood of them is not to reach it.
    private bool TryBeat(in InboundFrame frame)
    {
        if (_heartbeats.Beat(HeartbeatClock.Now(_services.Time), _type.MinHeartbeatInterval) is not { } early)
        {
            return true;
        }

        Send(new OutboundFrame
        {
            Type = SessionType.Heart,
            Uuid = frame.Uuid,
            Code = "-1",
            Message = frame.Message,
            Data = HeartbeatRefusal.Data(early),
            Error = HeartbeatRefusal.Error,
        });
        Close(CloseCode.HeartbeatTooFrequent);
        return false;
    }

    // ---- Writing ----------------------------------------------------------------------------------------------------------------------

    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Writes what is queued: at once what the socket takes, and the rest as it takes it. Not where others wait.</summary>
    public void StartWriting() => _ = WriteAsync();

    // On the pool: whoever sends must not wait for this socket.
    private void StartWriter() => ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.StartWriting(), this, preferLocal: false);

    private async Task WriteAsync()
    {
        using var buffer = new PooledBuffer();
        try
        {
            while (_outgoing.TryNext(out var frame, out var close))
            {
                if (close is { } code)
                {
                    await _transport.SendCloseAsync(code);
                    _written.TrySetResult();
                    return;
                }

                if (frame.IsEncoded)
                {
                    await _transport.SendAsync(frame.Data.Utf8);
                    _counts.OnSent(frame.Data.Length);
                    continue;
                }

                buffer.Clear();
                FrameWriter.Write(frame, _services.Time.GetUtcNow().ToUnixTimeMilliseconds(), buffer);
                await _transport.SendAsync(buffer.Written);
                _counts.OnSent(buffer.Written.Length);
            }
        }
        catch (Exception e)
        {
            // The peer is gone, or was cut off; the reader ends with it.
            if (!WebSocketTransport.IsGone(e))
            {
                LogFailed(_services.Logger, e, Id);
            }

            Close(CloseCode.Normal, discard: true);
            _transport.Abort();
            _written.TrySetResult();
        }
    }

    [LoggerMessage(LogLevel.Error, "The connection {Id} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, long id);
}
