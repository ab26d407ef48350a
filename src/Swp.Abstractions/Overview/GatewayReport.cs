using Swp.Relay;

namespace Swp.Overview;

/// <summary>A gateway, for whoever looks at the whole cluster.</summary>
[GenerateSerializer, Immutable, Alias("swp.GatewayReport")]
public sealed record GatewayReport
{
    /// <summary>Whether it takes new sockets and calls.</summary>
    [Id(0)]
    public required bool IsReady { get; init; }

    /// <summary>Whether it is going away.</summary>
    [Id(1)]
    public required bool IsDraining { get; init; }

    /// <summary>The same in words, as its health check says it.</summary>
    [Id(2)]
    public required string State { get; init; }

    /// <summary>How many clients of each type are open.</summary>
    [Id(3)]
    public required OpenCount[] Open { get; init; }

    /// <summary>How many sockets have not said OPEN.</summary>
    [Id(4)]
    public required long Unopened { get; init; }

    /// <summary>How many calls are under way that entered at its API.</summary>
    [Id(5)]
    public required int ActiveCalls { get; init; }

    /// <summary>How many sockets it has accepted since it started.</summary>
    [Id(6)]
    public required long Connects { get; init; }
}
