using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Summaries;

/// <summary>One metric of a row.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">Over the rounds.</param>
/// <param name="Ratios">Against the scenario's baselines that were measured with the same parameters; none against itself.</param>
public sealed record MetricSummary(Metric Metric, Spread Value, IReadOnlyList<Ratio> Ratios);
