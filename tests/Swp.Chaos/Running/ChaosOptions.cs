using Swp.Chaos.Faults;
using Swp.Chaos.Schedules;

namespace Swp.Chaos.Running;

/// <summary>What a run is to be like.</summary>
internal sealed record ChaosOptions
{
    /// <summary>The short form, as the tests run it: minutes of two cores that others use too.</summary>
    public static readonly ChaosOptions Short = new()
    {
        Faults = FaultCatalogue.Short,
        Clients = 200,
        Rate = 80,
        Lengths = FaultLengths.Short,
        Settle = TimeSpan.FromSeconds(3),
        RestartDelay = TimeSpan.FromSeconds(2),
    };

    /// <summary>Decides the order of the faults, what clients are told to do and how calls are made.</summary>
    public int Seed { get; init; }

    public int Clients { get; init; } = 1000;

    /// <summary>Calls a second.</summary>
    public int Rate { get; init; } = 200;

    /// <summary>About how long; each fault happens once at least.</summary>
    public TimeSpan Length { get; init; }

    public IReadOnlyList<IFault> Faults { get; init; } = FaultCatalogue.All;

    public FaultLengths Lengths { get; init; } = FaultLengths.Long;

    /// <summary>The rest between two faults.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The gateways' <c>Swp:DrainWindow</c>. A third of it is what a call has that comes just before its connection's turn to be closed: more than the
    /// slowest answer takes, see <see cref="Clients.Script.Draw"/>.
    /// </summary>
    public TimeSpan DrainWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the supervisor waits before it starts a member again.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the members' logs and the run's own are kept; where there is none they are kept only when something is wrong.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>What is tested, for the report.</summary>
    public string? Commit { get; init; }
}
