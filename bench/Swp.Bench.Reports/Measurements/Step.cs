namespace Swp.Bench.Reports.Measurements;

/// <summary>A point of a plot over time.</summary>
/// <param name="Percent">How many of all.</param>
/// <param name="Metric">The name of the metric that says when.</param>
public sealed record Step(double Percent, string Metric);
