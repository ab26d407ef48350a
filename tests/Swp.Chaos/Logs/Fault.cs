namespace Swp.Chaos.Logs;

/// <summary>One occurrence of a fault.</summary>
internal sealed record Fault
{
    public required string Name { get; init; }

    /// <summary>What was hit.</summary>
    public required string Target { get; init; }

    public required TimeSpan Start { get; init; }

    /// <summary>When everything it broke was running again.</summary>
    public required TimeSpan Healed { get; init; }

    /// <summary>When every client was connected again.</summary>
    public required TimeSpan Settled { get; init; }

    /// <summary>The time in which calls may end otherwise than by an answer; none when the fault is no excuse for anything.</summary>
    public Period? Disturbance { get; init; }

    /// <summary>Whom it disturbs; everybody when there is none.</summary>
    public IReadOnlySet<string>? Disturbed { get; init; }

    /// <summary>Where calls enter that it disturbs, whomever they are for.</summary>
    public IReadOnlySet<string> DisturbedEntries { get; init; } = new HashSet<string>();

    /// <summary>Whether members were asked to go and given the time to, so that no call that is answered may be lost.</summary>
    public bool Graceful { get; init; }

    /// <summary>Whether the calls under way are ended by it, so that one that runs into its time-out was settled late.</summary>
    public bool EndsCalls { get; init; }

    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>The clients that were hit.</summary>
    public IReadOnlySet<string> Affected { get; init; } = new HashSet<string>();

    /// <summary>How long each of a sample of them was not callable.</summary>
    public IReadOnlyList<TimeSpan> Callable { get; init; } = [];

    /// <summary>What did not come out as it should.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>What else was measured.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether it is an excuse for what a client, or its call that came in by an entry, met in a time.</summary>
    public bool Disturbs(string client, TimeSpan from, TimeSpan until, string? entry = null) =>
        Disturbance is { } period && period.Overlaps(from, until)
        && (Disturbed?.Contains(client) != false || (entry is not null && DisturbedEntries.Contains(entry)));

    public override string ToString() => $"{Start.TotalSeconds,9:0.000} s  {Name} {Target}, healed {Healed.TotalSeconds:0.000} s, settled {Settled.TotalSeconds:0.000} s";
}
