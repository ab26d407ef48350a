using Swp.Clients;

namespace Swp.Gateway.Overview;

/// <summary>How fast things go, over all members that have answered twice. Nothing is known when nobody has looked shortly before.</summary>
internal sealed record PaceBody
{
    /// <summary>Over how many seconds; null: nothing is known.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Sockets that are accepted a second.</summary>
    public required double? ConnectsPerSecond { get; init; }

    /// <summary>Attempts of calls that end a second, by outcome, whoever makes them.</summary>
    public required Dictionary<string, double> CallsPerSecond { get; init; }

    /// <summary>How long half of the requests that completed took at most, in ms; null when there were none.</summary>
    public required double? P50Ms { get; init; }

    /// <summary>The same for 99 of 100.</summary>
    public required double? P99Ms { get; init; }

    public static PaceBody From(Pace? pace) => new()
    {
        Seconds = pace?.Seconds,
        ConnectsPerSecond = pace?.ConnectsPerSecond,
        CallsPerSecond = pace?.CallsPerSecond.ToDictionary(calls => calls.Key.ToWireName(), calls => calls.Value) ?? [],
        P50Ms = pace?.Median * 1000,
        P99Ms = pace?.Slowest * 1000,
    };
}
