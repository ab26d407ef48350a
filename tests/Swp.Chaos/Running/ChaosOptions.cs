using Swp.Chaos.Faults;

namespace Swp.Chaos.Running;

/// <summary>What a run is to be like.</summary>
internal sealed record ChaosOptions
{
    public required int Seed { get; init; }

    public int Clients { get; init; } = 1000;

    /// <summary>Calls a second.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>About how long; each fault happens once at least.</summary>
    public TimeSpan Length { get; init; }

    public IReadOnlyList<IFault> Faults { get; init; } = [];

    public FaultLengths Lengths { get; init; } = FaultLengths.Long;

    /// <summary>The rest between two faults.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The gateways' <c>Swp:DrainWindow</c>.</summary>
    public TimeSpan DrainWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the supervisor waits before it starts a member again.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the members' logs and the run's own are kept; where there is none they are kept only when something is wrong.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>What is tested, for the report.</summary>
    public string? Commit { get; init; }
}
