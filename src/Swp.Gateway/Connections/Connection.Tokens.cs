using Swp.Clients;
using Swp.Gateway.Protocol;
using Swp.Gateway.Relay;

namespace Swp.Gateway.Connections;

/// <content>The client's token: checked at OPEN, renewed by another OPEN, and over at some time, which the sweeper looks at.</content>
internal sealed partial class Connection
{
    /// <summary>A check takes some of the processor's time, and a connection that is open could ask for one after another.</summary>
    private static readonly TimeSpan RenewalPace = TimeSpan.FromSeconds(1);

    // Not kept for longer than it is needed: tokens are large.
    private string? _handshakeToken;
    private long _checkedAt;
    private long _authorizedUntil = DateTimeOffset.MaxValue.UtcTicks;
    private volatile bool _isChecking;

    private volatile bool _isRenewing;

    // One whose renewal has come in time is not closed before there is a verdict on it.
    private bool HasExpired => !_isRenewing && Volatile.Read(ref _authorizedUntil) is var until && until < DateTimeOffset.MaxValue.UtcTicks && _services.Time.GetUtcNow().UtcTicks >= until;

    /// <summary>Checks the token of the first OPEN.</summary>
    /// <returns><see langword="null"/>: it was refused, or the connection has ended meanwhile.</returns>
    private async ValueTask<TokenFacts?> CheckTokenAsync(InboundFrame frame, string? token, ClientKey client)
    {
        // Perhaps until the keys have been read once more: its OPEN has come in time.
        _isChecking = true;
        var asked = _services.Time.GetTimestamp();
        var verdict = await _services.Tokens.CheckAsync(token, client);
        _checkedAt = _services.Time.GetTimestamp();
        if (verdict.IsAccepted)
        {
            Volatile.Write(ref _authorizedUntil, verdict.Until.UtcTicks);
        }
        else
        {
            _services.Instruments.OnOpenAnswered(_counts, verdict.Error.Code, _services.Time.GetElapsedTime(asked));
            RefuseOpen(frame, verdict.Message, verdict.Error, verdict.CloseCode);
        }

        return IsClosing ? null : verdict.Facts;
    }

    /// <summary>An open connection presents another token: it lives as long as that one, without a break.</summary>
    private async ValueTask RenewAsync(ClientRelay relay, InboundFrame frame, string token)
    {
        _isRenewing = !HasExpired;
        try
        {
            var wait = RenewalPace - _services.Time.GetElapsedTime(_checkedAt);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _services.Time);
            }

            var verdict = await _services.Tokens.CheckAsync(token, relay.Key);
            _checkedAt = _services.Time.GetTimestamp();
            if (verdict.IsAccepted)
            {
                Volatile.Write(ref _authorizedUntil, verdict.Until.UtcTicks);
                SendOpenAnswer(frame, relay.Key.Id);
            }
            else if (verdict.IsRetryable)
            {
                // Nothing is known against it, and the last one counts for as long as it is good.
                SendOpenRefusal(frame, verdict.Message, verdict.Error);
            }
            else
            {
                RefuseOpen(frame, verdict.Message, verdict.Error, verdict.CloseCode);
            }
        }
        finally
        {
            _isRenewing = false;
        }
    }
}
