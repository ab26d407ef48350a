using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Judging;

/// <summary>Where a row must be.</summary>
public sealed record Goal
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The row's label.</summary>
    public required string Row { get; init; }

    /// <summary>With which parameters; with each that it was run with when null.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>What is judged.</summary>
    public required Metric Metric { get; init; }

    /// <summary>Which side of the figures is wanted.</summary>
    public required Sense Sense { get; init; }

    /// <summary>What must be reached.</summary>
    public required Bound Target { get; init; }

    /// <summary>What would be better still.</summary>
    public Bound? Beyond { get; init; }

    internal bool IsReached(Bound bound, double value) => Sense == Sense.AtLeast ? value >= bound.Figure : value <= bound.Figure;
}
