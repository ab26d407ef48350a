using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Swp.Cli.Parsing;
using Swp.Cluster.Logging;

namespace Swp.Cli.Crowds;

/// <summary>A crowd as a person sees it.</summary>
internal static class CrowdView
{
    /// <summary>One line of what happens now.</summary>
    public static string Line(CrowdPlan plan, CrowdCounts counts) => string.Create(
        CultureInfo.InvariantCulture,
        $"connected {counts.Connected} of {plan.Count}, received {counts.Received}, answered {counts.Answered}, dropped {counts.Drops}, queries {counts.Queries}, sent away {counts.Gone}");

    /// <summary>What became of it.</summary>
    public static IReadOnlyList<string[]> Rows(CrowdSummary summary) =>
    [
        ["clients", Number(summary.Clients)],
        ["ever connected", Number(summary.EverConnected)],
        ["connected at the end", Number(summary.Connected)],
        ["sent away for good", Number(summary.SentAway)],
        ["connects", Number(summary.Connects)],
        ["first connect", Percentiles(summary.ConnectP50Ms, summary.ConnectP99Ms)],
        ["broken on purpose", Number(summary.Drops)],
        ["calls and messages received", Number(summary.Received)],
        ["answered", Number(summary.Answered)],
        ["left unanswered", Number(summary.Unanswered)],
        ["answers lost with a connection", Number(summary.LostAnswers)],
        .. summary.Queries == 0
            ? (string[][])[]
            : [["queries", Number(summary.Queries)], ["queries that failed", Number(summary.FailedQueries)], ["query", Percentiles(summary.QueryP50Ms, summary.QueryP99Ms)]],
        .. summary.Ends.Select(end => (string[])[$"ended: {end.Key}", Number(end.Value)]),
        ["time", Durations.Show(TimeSpan.FromSeconds(summary.Seconds))],
    ];

    /// <summary>The same as a table for a terminal.</summary>
    public static IRenderable Table(CrowdSummary summary)
    {
        var table = new Table().RoundedBorder().BorderColor(summary.Ok ? Color.Green : Color.Red);
        table.AddColumns("", "").HideHeaders();
        foreach (var row in Rows(summary))
        {
            table.AddRow(row.Select(cell => (IRenderable)new Text(SafeText.Of(cell))).ToArray());
        }

        table.Columns[1].RightAligned();
        return table;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percentiles(double? half, double? most) =>
        half is null || most is null
            ? "-"
            : $"p50 {Durations.Show(TimeSpan.FromMilliseconds(half.Value))}, p99 {Durations.Show(TimeSpan.FromMilliseconds(most.Value))}";
}
