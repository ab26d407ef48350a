namespace Swp.Bench.Simulation;

/// <summary>A storm to simulate.</summary>
internal sealed record StormOptions
{
    /// <summary>How many clients have lost their connection at the same moment.</summary>
    public required int Clients { get; init; }

    /// <summary>How many gateways take them; a load balancer sends each attempt to any of them.</summary>
    public required int Gateways { get; init; }

    /// <summary><c>Swp:MaxConnectsPerSecond</c> of each gateway; 0: no limit.</summary>
    public required int ConnectsPerSecond { get; init; }

    /// <summary>The first ceiling of a client's back-off.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The highest one.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Clients that know no back-off wait for this long, always: the ancestor's.</summary>
    public TimeSpan? FixedDelay { get; init; }

    /// <summary>Repeats another run.</summary>
    public int Seed { get; init; } = 1;
}
