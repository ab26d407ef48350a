using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>A scenario's figures in rows and columns, however they are written then.</summary>
internal sealed record ScenarioTable
{
    /// <summary>What all rows have in common.</summary>
    public required string Caption { get; init; }

    /// <summary>Whether rows differ in their parameters.</summary>
    public required bool HasParameters { get; init; }

    /// <summary>The headers of the cells.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<TableRow> Rows { get; init; }

    /// <summary>The rows that have no figures, and why.</summary>
    public required IReadOnlyList<Absent> Absents { get; init; }

    /// <summary>What else a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public static ScenarioTable Of(ScenarioSummary summary)
    {
        var metrics = summary.Rows.SelectMany(row => row.Metrics).Select(metric => metric.Metric).DistinctBy(metric => metric.Name).ToArray();
        var baselines = summary.Scenario.Baselines.Where(summary.Has).ToArray();
        var parameters = summary.Rows.Select(row => row.ParameterText).Distinct().ToArray();
        return new ScenarioTable
        {
            Caption = string.Join("; ", ((string[])[parameters.Length == 1 ? parameters[0] : "", Figures.Rounds(summary.Rounds)]).Where(part => part.Length > 0)),
            HasParameters = parameters.Length > 1,
            Columns =
            [
                .. metrics.Select(metric => $"{Figures.Header(metric)} {Figures.Arrow(metric.Direction)}"),
                .. baselines.Select(baseline => $"{summary.Scenario.MainMetric} ÷ {baseline}"),
            ],
            Rows =
            [
                .. summary.Rows.Select(row => new TableRow(
                    row.Row,
                    row.ParameterText,
                    [.. metrics.Select(metric => Cell.Of(row.Find(metric.Name)?.Value)), .. baselines.Select(baseline => RatioOf(row, summary.Scenario.MainMetric, baseline))])),
            ],
            Absents = [.. summary.Absents.Where(absent => !summary.Has(absent.Row))],
            Notes =
            [
                .. summary.Absents.Where(absent => summary.Has(absent.Row)).Select(absent => $"{absent.Row}: {absent.Reason}"),
                .. summary.Rows.Where(row => row.Rounds < summary.Rounds).Select(row => $"{row.Row}{(row.ParameterText.Length == 0 ? "" : $" ({row.ParameterText})")}: only {row.Rounds} of {Figures.Rounds(summary.Rounds)}"),
            ],
        };
    }

    private static Cell RatioOf(RowSummary row, string metric, string baseline) =>
        row.Row == baseline && row.Find(metric) is not null
            ? new Cell("1×", null)
            : Cell.OfRatio(row.Find(metric)?.Ratios.FirstOrDefault(ratio => ratio.Baseline == baseline)?.Value);
}
