using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>What a gateway counts.</summary>
internal sealed record GatewayCountsBody
{
    /// <summary>How many clients are connected.</summary>
    public required int Connected { get; init; }

    /// <summary>The same by type.</summary>
    public required Dictionary<string, int> Types { get; init; }

    /// <summary>How many sockets have not said OPEN.</summary>
    public required long Unopened { get; init; }

    /// <summary>How many calls are under way that entered at its API.</summary>
    public required int ActiveCalls { get; init; }

    /// <summary>How many sockets it has accepted since it started.</summary>
    public required long Connects { get; init; }

    /// <summary>How many it accepts a second; null when it is not known yet.</summary>
    public required double? ConnectsPerSecond { get; init; }

    public static GatewayCountsBody From(GatewayReport report, double? connectsPerSecond) => new()
    {
        Connected = report.Open.Sum(type => type.Count),
        Types = report.Open.ToDictionary(type => type.Type, type => type.Count),
        Unopened = report.Unopened,
        ActiveCalls = report.ActiveCalls,
        Connects = report.Connects,
        ConnectsPerSecond = connectsPerSecond,
    };
}
