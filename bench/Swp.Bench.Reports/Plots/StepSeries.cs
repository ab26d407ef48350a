using Swp.Bench.Reports.Summaries;
using Swp.Bench.Reports.Writing;

namespace Swp.Bench.Reports.Plots;

/// <summary>A line of a step plot.</summary>
/// <param name="Row">Whose it is.</param>
/// <param name="Parameters">What that was run with.</param>
/// <param name="Points">One for each step.</param>
internal sealed record StepSeries(string Row, string Parameters, IReadOnlyList<MetricSummary> Points)
{
    public string Label => Parameters.Length == 0 ? Row : $"{Row} ({Parameters})";

    public string Times => Figures.With(Points[0].Metric, string.Join(" / ", Points.Select(point => Figures.Number(point.Value.Median))));

    public string Tip => $"{Label}: {Times}";
}
