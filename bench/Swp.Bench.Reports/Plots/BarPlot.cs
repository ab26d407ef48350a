using System.Xml.Linq;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;
using Swp.Bench.Reports.Writing;

namespace Swp.Bench.Reports.Plots;

/// <summary>A scenario's main metric as bars, one group for each set of parameters.</summary>
internal sealed class BarPlot
{
    private const double Width = 900;
    private const double Margin = 20;
    private const double HeaderHeight = 68;
    private const double BarHeight = 20;
    private const double RowHeight = 30;
    private const double GroupHeight = 28;
    private const double GroupGap = 8;
    private const double FooterHeight = 34;
    private const double CharacterWidth = 7.2;
    private const int MostLabelCharacters = 50;
    private const int MostReasonCharacters = 60;

    private readonly ScenarioSummary _summary;
    private readonly IReadOnlySet<string> _own;
    private readonly Metric _metric;
    private readonly Axis _axis;
    private readonly string? _baseline;
    private readonly List<XElement> _content = [];
    private double _y = HeaderHeight;

    private BarPlot(ScenarioSummary summary, IReadOnlySet<string> own, IReadOnlyList<MetricSummary> measured)
    {
        _summary = summary;
        _own = own;
        _metric = measured[0].Metric;
        _baseline = summary.Scenario.Baselines.FirstOrDefault(summary.Has);
        var longest = summary.Rows.Select(row => row.Row).Concat(summary.Absents.Select(absent => absent.Row)).Max(row => Math.Min(row.Length, MostLabelCharacters));
        var start = Margin + (longest * CharacterWidth) + 10;
        var room = (measured.Max(metric => LabelsOf(metric).Sum(label => label.Length)) + 3) * CharacterWidth;
        _axis = Axis.For(measured.Max(metric => metric.Value.Max), start, Width - Margin - start - room);
    }

    /// <summary>Null when nothing was measured.</summary>
    public static Plot? Draw(ScenarioSummary summary, IReadOnlySet<string> own)
    {
        MetricSummary[] measured = [.. summary.Rows.Select(row => row.Find(summary.Scenario.MainMetric)).OfType<MetricSummary>()];
        return measured.Length == 0 ? null : new BarPlot(summary, own, measured).Draw();
    }

    private Plot Draw()
    {
        var groups = _summary.Rows.GroupBy(row => row.ParameterText).ToArray();
        foreach (var group in groups)
        {
            DrawGroup(group, isNamed: groups.Length > 1);
        }

        foreach (var absent in _summary.Absents.Where(absent => !_summary.Has(absent.Row)))
        {
            DrawAbsent(absent.Row, $"absent: {absent.Reason}");
        }

        var bottom = _y + 2;
        var height = bottom + FooterHeight;
        var title = $"{_summary.Scenario.Name}: {_summary.Scenario.Title}";
        var name = Svg.Slug(_summary.Scenario.Name);
        var page = Svg.Page(
            name,
            title,
            Description(),
            Width,
            height,
            [Svg.Text("heading", Margin, 30, title), Svg.Text("muted", Margin, 50, Subtitle(groups)), .. Grid(bottom), .. _content]);
        return new Plot(_summary.Scenario.Name, name, title, page);
    }

    private void DrawGroup(IGrouping<string, RowSummary> group, bool isNamed)
    {
        if (isNamed)
        {
            _content.Add(Svg.Text("group", Margin, _y + 18, group.Key));
            _y += GroupHeight;
        }

        foreach (var row in group)
        {
            if (row.Find(_metric.Name) is { } metric)
            {
                DrawBar(row, metric);
            }
            else
            {
                DrawAbsent(row.Row, $"{_metric.Name} was not measured");
            }
        }

        _y += isNamed ? GroupGap : 0;
    }

    private void DrawBar(RowSummary row, MetricSummary metric)
    {
        var isOwn = _own.Contains(row.Contender);
        var middle = _y + (RowHeight / 2);
        var labels = LabelsOf(metric);
        _content.Add(Svg.FittedText(isOwn ? "label own" : "label", _axis.Start - 10, middle + 4.5, row.Row, MostLabelCharacters));
        _content.Add(Svg.Rect(isOwn ? "bar bar-own" : "bar", _axis.Start, middle - (BarHeight / 2), _axis.At(metric.Value.Median) - _axis.Start, BarHeight, tip: TipOf(row, metric)));
        var end = _axis.At(metric.Value.Median);
        if (Figures.Range(metric.Value) is not null)
        {
            end = _axis.At(metric.Value.Max);
            _content.Add(Svg.Whisker("whisker", _axis.At(metric.Value.Min), end, middle, 4));
        }

        var value = Svg.Text(isOwn ? "own" : "value", end + 8, middle + 4.5, labels[0]);
        value.Add(labels.Skip(1).Select(label => Svg.Span("ratio", 8, label)));
        _content.Add(value);
        _y += RowHeight;
    }

    private void DrawAbsent(string row, string reason)
    {
        var textLine = _y + (RowHeight / 2) + 4.5;
        _content.Add(Svg.FittedText("label", _axis.Start - 10, textLine, row, MostLabelCharacters));
        _content.Add(Svg.FittedText("absent", _axis.Start + 8, textLine, reason, MostReasonCharacters));
        _y += RowHeight;
    }

    private IEnumerable<XElement> Grid(double bottom)
    {
        foreach (var tick in _axis.Ticks)
        {
            var x = Math.Round(_axis.At(tick)) + 0.5;
            yield return Svg.Line(tick == 0 ? "base" : "grid", x, HeaderHeight - 2, x, bottom);
            yield return Svg.Text("tick", x, bottom + 18, Figures.Tick(tick, _axis.Step));
        }
    }

    private string[] LabelsOf(MetricSummary metric) =>
        metric.Ratios.FirstOrDefault(ratio => ratio.Baseline == _baseline) is { } ratio ? [Figures.Number(metric.Value.Median), Figures.Ratio(ratio.Value.Median)] : [Figures.Number(metric.Value.Median)];

    private string Subtitle(IGrouping<string, RowSummary>[] groups)
    {
        var parameters = groups.Length == 1 && groups[0].Key.Length > 0 ? $" · {groups[0].Key}" : "";
        var ratios = _baseline is null ? "" : $" · × of {_baseline}";
        return $"{Figures.Header(_metric)}, {Figures.Wanted(_metric.Direction)}{parameters} · median of {Figures.Rounds(_summary.Rounds)}, line: least to most{ratios}";
    }

    private string Description() =>
        string.Join(
            "; ",
            _summary.Rows.Select(row => row.Find(_metric.Name) is { } metric ? TipOf(row, metric) : $"{row.Row}: not measured")
                .Concat(_summary.Absents.Select(absent => $"{absent.Row}: {absent.Reason}")));

    private static string TipOf(RowSummary row, MetricSummary metric)
    {
        var parameters = row.ParameterText.Length == 0 ? "" : $" ({row.ParameterText})";
        var range = Figures.Range(metric.Value) is { } text ? $" ({text})" : "";
        var ratios = string.Concat(metric.Ratios.Select(ratio => $", {Figures.Ratio(ratio.Value.Median)} {ratio.Baseline}"));
        return $"{row.Row}{parameters}: {Figures.Number(metric.Value.Median)}{range} {Figures.Header(metric.Metric)}{ratios}";
    }
}
