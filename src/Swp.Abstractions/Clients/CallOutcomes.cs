namespace Swp.Clients;

/// <summary>What every <see cref="CallOutcome"/> means to a caller: the table of the protocol, in one place.</summary>
public static class CallOutcomes
{
    /// <summary>The outcome's name on the wire, for example <c>not_connected</c>.</summary>
    public static string ToWireName(this CallOutcome outcome) => outcome switch
    {
        CallOutcome.Completed => "completed",
        CallOutcome.NotConnected => "not_connected",
        CallOutcome.UnknownClient => "unknown_client",
        CallOutcome.UnknownType => "unknown_type",
        CallOutcome.TooManyPending => "too_many_pending",
        CallOutcome.PayloadTooLarge => "payload_too_large",
        CallOutcome.NotSent => "not_sent",
        CallOutcome.LostInFlight => "lost_in_flight",
        CallOutcome.TimedOut => "timed_out",
        CallOutcome.Cancelled => "cancelled",
        CallOutcome.Banned => "banned",
        CallOutcome.ClusterUnavailable => "cluster_unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>
    /// Whether the same call may be made again without risk: it was not executed, or the caller said it is idempotent.
    /// </summary>
    /// <param name="outcome">How the call ended.</param>
    /// <param name="idempotent">Whether executing the call twice does no harm.</param>
    public static bool IsRetryable(this CallOutcome outcome, bool idempotent = false) => outcome switch
    {
        CallOutcome.NotConnected or CallOutcome.TooManyPending or CallOutcome.NotSent or CallOutcome.ClusterUnavailable => true,
        CallOutcome.LostInFlight or CallOutcome.TimedOut => idempotent,
        _ => false,
    };
}
