namespace Swp.Bench.Reports.Measurements;

/// <summary>Everything that a run has measured.</summary>
public sealed record BenchRun
{
    /// <summary>What it ran on.</summary>
    public required Machine Machine { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The commit that was measured, if it is known.</summary>
    public string? Commit { get; init; }

    /// <summary>What repeats it.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Who was measured.</summary>
    public required IReadOnlyList<Contender> Contenders { get; init; }

    /// <summary>What they were put through, in the order of the report.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>What was seen, in the order in which it was.</summary>
    public required IReadOnlyList<Sample> Samples { get; init; }

    /// <summary>What could not be measured.</summary>
    public IReadOnlyList<Absent> Absents { get; init; } = [];
}
