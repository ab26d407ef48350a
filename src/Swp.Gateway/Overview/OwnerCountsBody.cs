using Swp.Clients;
using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>What an owner counts.</summary>
internal sealed record OwnerCountsBody
{
    /// <summary>How many clients it holds that are connected.</summary>
    public required int Clients { get; init; }

    /// <summary>How many calls wait for their client, or its answer.</summary>
    public required int ActiveCalls { get; init; }

    /// <summary>How many attempts of calls have ended since it started, by outcome.</summary>
    public required Dictionary<string, long> Calls { get; init; }

    /// <summary>How many end a second; null when it is not known yet.</summary>
    public required double? CallsPerSecond { get; init; }

    public static OwnerCountsBody From(OwnerReport report, double? callsPerSecond) => new()
    {
        Clients = report.Clients,
        ActiveCalls = report.ActiveCalls,
        Calls = Enum.GetValues<CallOutcome>().ToDictionary(outcome => outcome.ToWireName(), outcome => report.Calls.ElementAtOrDefault((int)outcome)),
        CallsPerSecond = callsPerSecond,
    };
}
