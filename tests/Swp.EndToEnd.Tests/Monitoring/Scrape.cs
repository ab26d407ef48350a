using System.Net;
using System.Text.RegularExpressions;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Monitoring;

/// <summary>What members show at <c>/metrics</c>.</summary>
public sealed partial class Scrape
{
    private readonly Dictionary<string, string> _kinds = [];
    private readonly Dictionary<string, HashSet<string>> _labels = [];
    private readonly List<string> _texts = [];

    /// <summary>Each metric's type.</summary>
    public IReadOnlyDictionary<string, string> Kinds => _kinds;

    /// <summary>As they came, one for each member.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public static async Task<Scrape> OfAsync(params IEnumerable<SwpProcess> members)
    {
        var scrape = new Scrape();
        foreach (var member in members)
        {
            var answer = await member.Operations.GetAsync("/metrics");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.StartsWith("text/plain", answer.ContentType, StringComparison.Ordinal);
            scrape.Add(answer.Text);
        }

        return scrape;
    }

    /// <summary>The labels that any series of a metric has, without a histogram's own.</summary>
    public IReadOnlySet<string> LabelsOf(string metric) => _labels.GetValueOrDefault(metric, []);

    /// <summary>The sum of the series of a metric whose labels contain all of <paramref name="labels"/>, written as at <c>/metrics</c>.</summary>
    public double Sum(string series, params IEnumerable<string> labels) => _texts
        .SelectMany(text => text.Split('\n'))
        .Where(line => line.StartsWith(series + "{", StringComparison.Ordinal) && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    private void Add(string text)
    {
        _texts.Add(text);
        foreach (var line in text.Split('\n'))
        {
            if (TypeLine().Match(line) is { Success: true } type)
            {
                _kinds[type.Groups["name"].Value] = type.Groups["kind"].Value;
            }
            else if (SeriesLine().Match(line) is { Success: true } series)
            {
                var name = series.Groups["name"].Value;
                var metric = _kinds.ContainsKey(name) ? name : HistogramPart().Replace(name, "");
                if (!_labels.TryGetValue(metric, out var labels))
                {
                    _labels[metric] = labels = [];
                }

                labels.UnionWith(Label().Matches(series.Groups["labels"].Value).Select(label => label.Groups["key"].Value).Where(label => label != "le"));
            }
        }
    }

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<kind>\S+)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9_]*)(\{(?<labels>.*)\})? \S+$")]
    private static partial Regex SeriesLine();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex("(?<key>[a-z][a-z0-9_]*)=\"")]
    private static partial Regex Label();
}
