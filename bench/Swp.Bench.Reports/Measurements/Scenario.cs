namespace Swp.Bench.Reports.Measurements;

/// <summary>What the contenders are put through, and how it is reported.</summary>
public sealed record Scenario
{
    /// <summary>Its name, as on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What is done in it, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The name of the metric that is plotted and whose ratios are in the table.</summary>
    public required string MainMetric { get; init; }

    /// <summary>The names of the contenders that take part, in the order of the report.</summary>
    public required IReadOnlyList<string> Contenders { get; init; }

    /// <summary>The rows that the others are compared with. The first that was measured is the plot's.</summary>
    public IReadOnlyList<string> Baselines { get; init; } = [];

    /// <summary>The metrics of a second plot, from few to all: how long it takes until so many are there.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
}
