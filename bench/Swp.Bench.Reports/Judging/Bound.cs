namespace Swp.Bench.Reports.Judging;

/// <summary>A figure to reach.</summary>
/// <param name="Figure">A ratio to the baseline; absolute, in the metric's unit, when there is none.</param>
/// <param name="Baseline">The label of the row to compare with.</param>
/// <param name="BaselineParameters">What that row was run with; the same as the goal's row when null.</param>
public sealed record Bound(double Figure, string? Baseline = null, IReadOnlyDictionary<string, string>? BaselineParameters = null);
