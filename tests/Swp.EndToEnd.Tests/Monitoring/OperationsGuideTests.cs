using System.Text.RegularExpressions;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.EndToEnd.Tests.Monitoring;

/// <summary>The guide for those who are woken up: every alert is in it, and what it says to ask can be asked.</summary>
public sealed partial class OperationsGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(BuiltProgram.Root, "docs", "operations.md"));
    private static readonly string Alerts = File.ReadAllText(Path.Combine(Promtool.Directory, "alerts.yml"));

    // In blocks of their own, and in a paragraph between backticks: what begins with a function of PromQL.
    private static readonly string[] Queries =
    [
        .. Block().Matches(Guide).SelectMany(block => block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        .. Inline().Matches(Guide).Select(query => query.Groups["text"].Value),
    ];

    [Fact]
    public void Every_alert_is_explained_and_no_other() =>
        Assert.Equal(AlertName().Matches(Alerts).Select(match => match.Groups["name"].Value), Explanation().Matches(Guide).Select(match => match.Groups["name"].Value));

    [Fact]
    public void Every_alert_says_what_it_means_what_to_look_at_and_what_to_do() =>
        Assert.All(Explanation().Matches(Guide), match => Assert.Matches(@"^\n- \*\*Means\*\*: .+\n- \*\*Look at\*\*: .+\n- \*\*Do\*\*: .+\n$", match.Groups["text"].Value));

    [Fact]
    public void Every_alert_leads_to_its_explanation()
    {
        var runbooks = Runbook().Matches(Alerts).Select(match => (match.Groups["name"].Value, match.Groups["link"].Value)).ToArray();

        Assert.Equal(AlertName().Matches(Alerts).Select(match => (match.Groups["name"].Value, $"docs/operations.md#{match.Groups["name"].Value.ToLowerInvariant()}")), runbooks);
    }

    [Fact]
    public void What_the_guide_asks_for_is_in_the_catalogue()
    {
        Assert.NotEmpty(Queries);
        Assert.All(Queries, RulesTests.AssertKnown);
        Assert.All(Inquiry().Matches(Guide[..Guide.IndexOf("\n## Settings", StringComparison.Ordinal)]), match => RulesTests.AssertKnown(match.Groups["name"].Value));
    }

    [Fact]
    public async Task Prometheus_can_read_what_the_guide_asks()
    {
        using var directory = new TemporaryDirectory();
        var rules = Path.Combine(directory.Path, "queries.yml");
        var text = string.Concat(Queries.Select((query, index) => $"      - record: guide:query{index}\n        expr: '{query}'\n"));
        await File.WriteAllTextAsync(rules, $"groups:\n  - name: guide\n    rules:\n{text}", TestContext.Current.CancellationToken);

        await Promtool.AcceptsAsync(["check", "rules", "--lint=none", rules]);
    }

    [GeneratedRegex(@"- alert: (?<name>\w+)\n")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"^### (?<name>Swp\w+)\n(?<text>(?!#)(.*\n)*?)(?=\n#)", RegexOptions.Multiline)]
    private static partial Regex Explanation();

    [GeneratedRegex(@"- alert: (?<name>\w+)\n(?:(?!\s*- alert).*\n)*?\s*runbook: '(?<link>.*)'\n")]
    private static partial Regex Runbook();

    [GeneratedRegex(@"^```promql\n(?<text>.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`(?<text>(rate|sum|max|count|histogram_quantile)\b[^`]*)`")]
    private static partial Regex Inline();

    // A metric by its name alone.
    [GeneratedRegex(@"`(?<name>(swp|dotnet)_[a-z_]+)(\{[^`]*\})?`")]
    private static partial Regex Inquiry();
}
