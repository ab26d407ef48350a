using Swp.Cluster.Heartbeats;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Protocol;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <content>What becomes of the client's frames at their owner, and what the owner says.</content>
internal sealed partial class ClientRelay
{
    // ---- Receipts ---------------------------------------------------------------------------------------------------------------------

    /// <summary>The owner has a frame.</summary>
    public void OnDelivered(in OwnerboundFrame frame)
    {
        lock (_gate)
        {
            Acknowledge(frame.Sequence);
        }

        if (frame.Kind == OwnerboundKind.Closed)
        {
            Finish();
        }
    }

    // A HEART counts once the owner has it: as the last one before, the owner would take the same one, sent again, for a second.
    private void Acknowledge(long sequence)
    {
        _underWay.Acknowledge(sequence, _onTaken);
        if (_heartbeatUnderWay is { } heart && heart.Sequence <= sequence)
        {
            (_lastHeartbeat, _heartbeatUnderWay) = (heart.At, null);
        }
    }

    private void OnTaken(OwnerboundFrame frame)
    {
        if (frame.Kind == OwnerboundKind.Answer && frame.Uuid is { } uuid)
        {
            _requests.Acknowledge(uuid, frame.Sequence);
        }
    }

    /// <summary>The owner is gone and may have had a frame that was on its way: what it asks for may have been carried out.</summary>
    public void OnInDoubt(in OwnerboundFrame frame)
    {
        lock (_gate)
        {
            if (frame.Epoch == _epoch)
            {
                _inDoubt = Math.Max(_inDoubt, frame.Sequence);
            }
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

    /// <summary>A member lives, and cannot be reached from here.</summary>
    public void OnOwnerUnreachable(SiloAddress owner)
    {
        lock (_gate)
        {
            if (!owner.Equals(_owner))
            {
                return;
            }
        }

        _connection.Close(CloseCode.OwnerUnavailable);
    }

    // ---- What the owner says ----------------------------------------------------------------------------------------------------------

    /// <summary>Passes an owner's frame on to the client, unless the owner no longer speaks to this connection.</summary>
    public RejectReason? Accept(in ClientboundFrame frame, WriterBatch? writers = null)
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
                if (_state == State.Attached)
                {
                    // An attach that was given up, because its silo went away, was carried out all the same, after the one that was answered. Nothing
                    // of the owner would pass any more, and a client that is silent would not find out.
                    LogBehind(_services.Logger, Key, _epoch, frame.Epoch);
                    StartReattach();
                    return RejectReason.StaleEpoch;
                }

                // The owner has attached the connection, and its answer to that is still on its way.
                if ((_early ??= []).Count >= MaxEarlyFrames)
                {
                    return RejectReason.StaleEpoch;
                }

                if (!IsToBePassed(frame, out var refusal))
                {
                    return refusal;
                }

                _early.Add(frame);
                return null;
            }

            return Pass(frame, writers);
        }
    }

    /// <summary>Whether the client is to be given a request or a message.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="refusal">Otherwise: what its owner is told, if it is not to wait for the client's answer.</param>
    private bool IsToBePassed(in ClientboundFrame frame, out RejectReason? refusal)
    {
        refusal = null;
        if (frame.Kind is not (ClientboundKind.Request or ClientboundKind.Message))
        {
            return true;
        }

        if (_retired || (_retiresAt != TimeSpan.MaxValue && HeartbeatClock.Now(_services.Time) + frame.Patience > _retiresAt))
        {
            refusal = RejectReason.Retiring;
            return false;
        }

        if (!frame.IsRepeat || frame.Uuid is not { } uuid)
        {
            return true;
        }

        // Whoever sends it believed that it never left. The client has it: its answer goes to whoever owns the client then, or has gone by.
        var isMessage = frame.Kind == ClientboundKind.Message;
        var isDone = _requests.IsDone(uuid);
        refusal = isDone && !isMessage ? RejectReason.Seen : null;
        return !isDone && (isMessage || !_requests.IsOpen(uuid));
    }

    private RejectReason? Pass(in ClientboundFrame frame, WriterBatch? writers)
    {
        switch (frame.Kind)
        {
            case ClientboundKind.Close:
                _connection.Close(frame.CloseCode);
                return null;
            case ClientboundKind.Reattach:
                StartReattach();
                return null;
            case ClientboundKind.Request or ClientboundKind.Message when _refusesRequests:
                // The next owner is told what this connection was asked: nothing may be added to it.
                return RejectReason.StaleEpoch;
            case ClientboundKind.Request or ClientboundKind.Message when !IsToBePassed(frame, out var refusal):
                return refusal;
            case ClientboundKind.Answer:
                // An owner that answers has everything the client said until then.
                Acknowledge(frame.Sequence);
                if (!_queries.TryRemove(frame.Sequence))
                {
                    return null;
                }

                break;
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
        }, writers);
        if (result == EnqueueResult.Queued && frame.Trace is not null)
        {
            (_spans ??= new DeliverySpans(Key, _services.Time)).Begin(frame);
        }

        if (result == EnqueueResult.Queued && frame.Uuid is { } uuid)
        {
            if (frame.Kind == ClientboundKind.Request)
            {
                _requests.Add(uuid, frame.Patience);
            }
            else if (frame.Kind == ClientboundKind.Message)
            {
                _requests.AddMessage(uuid);
            }
        }

        return result switch
        {
            EnqueueResult.Queued => null,
            EnqueueResult.Full => RejectReason.Overflow,
            _ => RejectReason.NotAttached,
        };
    }
}
