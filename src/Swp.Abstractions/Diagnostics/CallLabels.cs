using Swp.Clients;

namespace Swp.Diagnostics;

/// <summary>The labels of calls, made once.</summary>
internal static class CallLabels
{
    private static readonly KeyValuePair<string, object?>[] Outcomes =
        [.. Enum.GetValues<CallOutcome>().Select(outcome => new KeyValuePair<string, object?>("swp.call.outcome", outcome.ToWireName()))];

    private static readonly KeyValuePair<string, object?> Request = new("rpc.method", "request");
    private static readonly KeyValuePair<string, object?> Message = new("rpc.method", "message");

    /// <summary>The outcomes count from 0, without a gap.</summary>
    public static KeyValuePair<string, object?> Of(CallOutcome outcome) => Outcomes[(int)outcome];

    public static KeyValuePair<string, object?> Of(bool oneWay) => oneWay ? Message : Request;
}
