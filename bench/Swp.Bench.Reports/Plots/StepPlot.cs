using System.Xml.Linq;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;
using Swp.Bench.Reports.Writing;

namespace Swp.Bench.Reports.Plots;

/// <summary>How long it takes until few, most and all are there: a line for each row, a lane for each step.</summary>
internal sealed class StepPlot
{
    private const double Width = 900;
    private const double Margin = 20;
    private const double Top = 84;
    private const double Left = 76;
    private const double LaneHeight = 64;
    private const double Dodge = 5;
    private const double LegendRow = 24;
    private const int MostLegendCharacters = 85;

    private readonly ScenarioSummary _summary;
    private readonly IReadOnlyList<StepSeries> _series;
    private readonly IReadOnlyList<Absent> _absents;
    private readonly Axis _axis;
    private readonly double _bottom;

    private StepPlot(ScenarioSummary summary, IReadOnlyList<StepSeries> series)
    {
        _summary = summary;
        _series = series;
        _absents = [.. summary.Absents.Where(absent => !summary.Has(absent.Row))];
        _axis = Axis.For(series.Max(one => one.Points.Max(point => point.Value.Max)), Left, Width - Left - Margin - 20);
        _bottom = Top + (LaneHeight * (summary.Scenario.Steps.Count - 1)) + 36;
    }

    /// <summary>Null when the scenario has no steps, or no row has all of them.</summary>
    public static Plot? Draw(ScenarioSummary summary)
    {
        StepSeries[] series =
        [
            .. from row in summary.Rows
               let points = summary.Scenario.Steps.Select(step => row.Find(step.Metric)).OfType<MetricSummary>().ToArray()
               where points.Length > 0 && points.Length == summary.Scenario.Steps.Count
               select new StepSeries(row.Row, row.ParameterText, points),
        ];
        return series.Length == 0 ? null : new StepPlot(summary, series).Draw();
    }

    private Plot Draw()
    {
        var metric = _series[0].Points[0].Metric;
        var steps = _summary.Scenario.Steps;
        var parameters = _series.Select(series => series.Parameters).Distinct().ToArray() is [{ Length: > 0 } common] ? $" · {common}" : "";
        var title = $"{_summary.Scenario.Name}: time until {string.Join(", ", steps.Select(step => Figures.Percent(step.Percent)))} of the clients are callable";
        var subtitle = $"{metric.Unit}, {Figures.Wanted(metric.Direction)}{parameters} · median of {Figures.Rounds(_summary.Rounds)}, thin line: least to most";
        var name = $"{Svg.Slug(_summary.Scenario.Name)}-steps";
        var legendTop = _bottom + 46;
        var page = Svg.Page(
            name,
            title,
            string.Join("; ", _series.Select(series => series.Tip).Concat(_absents.Select(absent => $"{absent.Row}: {absent.Reason}"))),
            Width,
            legendTop + (LegendRow * (_series.Count + _absents.Count)) + 8,
            [
                Svg.Text("heading", Margin, 30, title),
                Svg.Text("muted", Margin, 50, subtitle),
                .. Grid(),
                .. _series.SelectMany(DrawSeries),
                .. _series.SelectMany((series, index) => Legend(series, index, legendTop + (LegendRow * index), isNamed: parameters.Length == 0)),
                .. _absents.Select((absent, index) => Svg.FittedText("absent", Margin + 52, legendTop + (LegendRow * (_series.Count + index)) + 4.5, $"{absent.Row}: absent: {absent.Reason}", MostLegendCharacters)),
            ]);
        return new Plot(_summary.Scenario.Name, name, title, page);
    }

    private IEnumerable<XElement> Grid()
    {
        foreach (var tick in _axis.Ticks)
        {
            var x = Math.Round(_axis.At(tick)) + 0.5;
            yield return Svg.Line(tick == 0 ? "base" : "grid", x, Top - 20, x, _bottom);
            yield return Svg.Text("tick", x, _bottom + 18, Figures.Tick(tick, _axis.Step));
        }

        for (var step = 0; step < _summary.Scenario.Steps.Count; step++)
        {
            yield return Svg.Line("grid", Left, LaneOf(step), Left + _axis.Length, LaneOf(step));
            yield return Svg.Text("label", Left - 12, LaneOf(step) + 4.5, Figures.Percent(_summary.Scenario.Steps[step].Percent));
        }
    }

    private IEnumerable<XElement> DrawSeries(StepSeries series, int index)
    {
        // Beside each other where their lines would lie on each other.
        var dodge = (index - ((_series.Count - 1) / 2.0)) * Dodge;
        var points = series.Points.Select((point, step) => (X: _axis.At(point.Value.Median), Y: LaneOf(step) + dodge, point.Value)).ToArray();
        foreach (var (_, y, value) in points.Where(point => Figures.Range(point.Value) is not null))
        {
            yield return Svg.Whisker($"s{StyleOf(index)} spread", _axis.At(value.Min), _axis.At(value.Max), y, 3);
        }

        yield return Svg.Path($"line s{StyleOf(index)}", $"M{string.Join("L", points.Select(point => $"{Svg.Place(point.X)} {Svg.Place(point.Y)}"))}", series.Tip);
        foreach (var (x, y, _) in points)
        {
            yield return Marker(index, x, y);
        }
    }

    private static IEnumerable<XElement> Legend(StepSeries series, int index, double y, bool isNamed)
    {
        yield return Svg.Path($"line s{StyleOf(index)}", $"M{Svg.Place(Margin)} {Svg.Place(y)}H{Svg.Place(Margin + 40)}");
        yield return Marker(index, Margin + 20, y);
        yield return Svg.FittedText("value", Margin + 52, y + 4.5, isNamed ? series.Label : series.Row, MostLegendCharacters);
        yield return Svg.Text("label", Width - Margin - 20, y + 4.5, series.Times);
    }

    // Shapes, so that colour is not all there is to tell them apart.
    private static XElement Marker(int index, double x, double y)
    {
        var at = $"M{Svg.Place(x)} {Svg.Place(y)}";
        return Svg.Path(
            $"marker m{StyleOf(index)}",
            (StyleOf(index) % 3) switch
            {
                0 => $"{at}m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
                1 => $"{at}m-4 -4h8v8h-8z",
                _ => $"{at}m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
            });
    }

    private static int StyleOf(int index) => index % PlotStyle.SeriesCount;

    private double LaneOf(int step) => Top + (LaneHeight * (_summary.Scenario.Steps.Count - 1 - step));
}
