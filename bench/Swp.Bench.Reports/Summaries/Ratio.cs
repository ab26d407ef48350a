namespace Swp.Bench.Reports.Summaries;

/// <summary>How a row compares with a baseline.</summary>
/// <param name="Baseline">The label of the baseline's row.</param>
/// <param name="Value">The median of the rounds' ratios.</param>
public sealed record Ratio(string Baseline, Spread Value);
