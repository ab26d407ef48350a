using System.Text.Json;
using System.Text.RegularExpressions;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Monitoring;

/// <summary>The alerts and the dashboard: sound, and about metrics that exist.</summary>
public sealed partial class RulesTests
{
    private static readonly string Alerts = File.ReadAllText(Path.Combine(Promtool.Directory, "alerts.yml"));

    [Fact]
    public Task Prometheus_accepts_the_rules() => Promtool.AcceptsAsync(["check", "rules", "alerts.yml"]);

    [Fact]
    public Task Prometheus_accepts_the_example() => Promtool.AcceptsAsync(["check", "config", "prometheus.yml"]);

    [Fact]
    public Task Each_alert_fires_for_what_it_is_meant_for() => Promtool.AcceptsAsync(["test", "rules", "alerts.test.yml"]);

    [Fact]
    public void Each_alert_has_a_test_and_says_what_to_do()
    {
        var tests = File.ReadAllText(Path.Combine(Promtool.Directory, "alerts.test.yml"));
        var guide = File.ReadAllText(Path.Combine(Promtool.Directory, "README.md"));
        var alerts = AlertName().Matches(Alerts).Select(match => match.Groups["name"].Value).ToArray();
        var actions = Action().Matches(Alerts).Select(match => match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)).ToArray();
        Assert.Equal(alerts.Length, actions.Length);
        Assert.NotEmpty(alerts);
        foreach (var (alert, action) in alerts.Zip(actions))
        {
            Assert.Contains($"alertname: {alert}\n", tests, StringComparison.Ordinal);
            Assert.Contains(guide.Split('\n'), line => line.StartsWith($"| `{alert}` |", StringComparison.Ordinal) && line.Contains(action, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Alerts_ask_for_what_the_catalogue_has() => Assert.All(Expression().Matches(Alerts), match => AssertKnown(match.Groups["text"].Value));

    [Fact]
    public void The_dashboard_asks_for_what_the_catalogue_has()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Promtool.Directory, "dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToArray();
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        var queries = panels
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!))
            .Concat(dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("query").GetString()!).Where(query => query != "prometheus"))
            .ToArray();
        Assert.NotEmpty(queries);
        Assert.All(queries, AssertKnown);

        // And whatever an operator can count is on it.
        var shown = queries.SelectMany(Names).ToHashSet();
        Assert.Empty(Catalogue.Entries.Values.Where(entry => entry.IsOwn && !shown.Contains(entry.Scraped)).Select(entry => entry.Scraped));
    }

    [Fact]
    public void The_catalogue_names_metrics_as_the_exporter_does() =>
        Assert.All(Catalogue.Entries.Values, entry => Assert.Equal(entry.Translated, entry.Scraped));

    internal static void AssertKnown(string expression)
    {
        var labels = Catalogue.Entries.Values.SelectMany(entry => entry.Labels).ToHashSet();
        Assert.All(Names(expression), name => Assert.True(Catalogue.Entries.ContainsKey(name) || labels.Contains(name), $"{name} is no metric: {expression}"));
    }

    private static IEnumerable<string> Names(string expression) => Name().Matches(expression).Select(match =>
        Catalogue.Entries.ContainsKey(match.Value) ? match.Value : HistogramPart().Replace(match.Value, ""));

    [GeneratedRegex("""\b(swp|dotnet|http)_[a-z0-9_]+""")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex HistogramPart();

    [GeneratedRegex(@"- alert: (?<name>\w+)\n")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"expr: '(?<text>.*)'\n")]
    private static partial Regex Expression();

    [GeneratedRegex(@"action: '(?<text>.*)'\n")]
    private static partial Regex Action();
}
