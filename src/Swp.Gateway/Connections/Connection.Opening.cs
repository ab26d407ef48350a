using Swp.Clients;
using Swp.Gateway.Protocol;
using Swp.Gateway.Relay;
using Swp.Overview;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Connections;

/// <content>OPEN, and how it is refused.</content>
internal sealed partial class Connection
{
    /// <summary>
    /// How long a client that has to wait is kept waiting for its refusal: one that connects again at once, whatever it is told, comes this much more
    /// seldom. The sweeper looks every half second, so that it is at most one second.
    /// </summary>
    private static readonly TimeSpan RefusalDelay = TimeSpan.FromMilliseconds(500);

    private PacedRefusal? _paced;
    private bool _wasOpen;

    private bool IsPaced => Volatile.Read(ref _paced) is not null;

    private async ValueTask OpenAsync(InboundFrame frame)
    {
        if (!OpenData.TryRead(frame.Data, out var open))
        {
            _services.Instruments.OnOpenAnswered(_counts, ErrorCodes.InvalidClientId, TimeSpan.Zero);
            RefuseOpen(frame, "The data of an OPEN is {\"clientId\": …} with an id of 1 to 128 characters: correct it and connect again.", new ErrorDetail(ErrorCodes.InvalidClientId), CloseCode.ProtocolError);
            return;
        }

        var client = new ClientKey(_type.Name, open.ClientId);
        var token = open.Token ?? _handshakeToken;
        _handshakeToken = null;
        TokenFacts? facts = null;
        if (_type.RequiresToken)
        {
            facts = await CheckTokenAsync(frame, token, client);
            if (facts is null)
            {
                return;
            }
        }

        var relay = new ClientRelay(this, client, _heartbeats.Last, open.HeartbeatReply, _services.Relay);
        _relay = relay;
        var asked = _services.Time.GetTimestamp();
        var refusal = await relay.OpenAsync(open.Object, token, facts, () => SendOpenAnswer(frame, open.ClientId));
        _services.Instruments.OnOpenAnswered(_counts, refusal is null ? null : refusal.Error?.Code ?? "", _services.Time.GetElapsedTime(asked));
        if (refusal is null)
        {
            _wasOpen = true;
            _counts.OnOpened();
        }

        if (refusal?.Error?.RetryAfterMs > 0)
        {
            // Read on meanwhile, to hear a peer that leaves.
            Volatile.Write(ref _paced, new PacedRefusal(frame, refusal, _services.Time.GetTimestamp()));
        }
        else if (refusal is not null)
        {
            RefuseOpen(frame, refusal.Message, refusal.Error, refusal.CloseCode);
        }
        else
        {
            Ticket?.MarkOpen();
        }
    }

    private ValueTask OpenAgainAsync(ClientRelay relay, InboundFrame frame)
    {
        if (!OpenData.TryRead(frame.Data, out var again) || again.ClientId != relay.Key.Id)
        {
            RefuseOpen(frame, "The connection is open for another client: use one connection for each client.", new ErrorDetail(ErrorCodes.InvalidClientId), CloseCode.ProtocolError);
            return default;
        }

        if (_type.RequiresToken && again.Token is { } token)
        {
            return RenewAsync(relay, frame, token);
        }

        SendOpenAnswer(frame, again.ClientId);
        return default;
    }

    private void SendOpenAnswer(InboundFrame frame, string clientId) =>
        Send(new OutboundFrame { Type = SessionType.Open, Uuid = frame.Uuid, Code = "0", Data = OpenAnswer.Data(clientId, _type.RawJson) });

    private void RefuseOpen(InboundFrame frame, string? message, ErrorDetail? error, CloseCode code)
    {
        SendOpenRefusal(frame, message, error);
        Close(code);
    }

    private void SendOpenRefusal(InboundFrame frame, string? message, ErrorDetail? error)
    {
        _services.Refusals.Add(RefusalKind.Open, error?.Code ?? ErrorCodes.InternalError, _type.Name, RemoteAddress);
        Send(new OutboundFrame { Type = SessionType.Open, Uuid = frame.Uuid, Code = "-1", Message = message, Error = error });
    }

    // On the sweeper's thread. A connection that closes for another reason meanwhile does not come here any more.
    private void RefuseWhenDue()
    {
        if (_paced is { } paced && _services.Time.GetElapsedTime(paced.Since) >= RefusalDelay)
        {
            RefuseOpen(paced.Frame, paced.Refusal.Message, paced.Refusal.Error, paced.Refusal.CloseCode);
        }
    }

    private sealed record PacedRefusal(InboundFrame Frame, AttachResult Refusal, long Since);
}
