using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Swp.Cli.Output;
using Swp.Cluster.Logging;

namespace Swp.Cli.Watching;

/// <summary>An interval as a person sees it: a picture on a terminal, a line elsewhere.</summary>
internal static class WatchView
{
    /// <summary>One line.</summary>
    public static string Line(WatchFrame frame) => string.Join(
        "  ",
        (string[])
        [
            Moments.Show(frame.At),
            $"connected={frame.Connected}",
            .. frame.Types.Select(type => $"{SafeText.Of(type.Type)}={type.Connected}"),
            $"calls/s={Number(frame.CallsPerSecond)}",
            .. frame.Outcomes.Select(outcome => $"{outcome.Key}={Number(outcome.Value.PerSecond)}/s"),
            $"refused/s={Number(frame.Refusals.Values.Sum(refusal => refusal.PerSecond))}",
        ]);

    /// <summary>The picture.</summary>
    /// <param name="frame">What is shown.</param>
    /// <param name="trouble">Why there is nothing newer, if so.</param>
    public static IRenderable Picture(WatchFrame frame, string? trouble)
    {
        var types = new Table().RoundedBorder().Title($"{Moments.Show(frame.At)}  {Counts.Show(frame.Connected, "client")} connected  {Number(frame.CallsPerSecond)} calls/s");
        types.AddColumns("type", "connected", "opened/s", "closed/s", "received/s", "sent/s", "calls/s");
        foreach (var column in types.Columns.Skip(1))
        {
            column.RightAligned();
        }

        foreach (var type in frame.Types)
        {
            types.AddRow(
                Markup.Escape(SafeText.Of(type.Type)),
                type.Connected.ToString(CultureInfo.InvariantCulture),
                Number(type.OpenedPerSecond),
                Number(type.ClosedPerSecond),
                Number(type.ReceivedPerSecond),
                Number(type.SentPerSecond),
                Number(type.CallsPerSecond));
        }

        var rows = new List<IRenderable> { types, Totals("outcome", frame.Outcomes, "green"), Totals("refused", frame.Refusals, "red") };
        if (frame.Failed > 0)
        {
            rows.Add(new Markup($"[yellow]{Counts.Show(frame.Failed, "gateway")} did not answer: their clients are not counted.[/]"));
        }

        if (trouble is not null)
        {
            rows.Add(new Markup($"[red]{Markup.Escape(SafeText.Of(trouble))} These are the last figures.[/]"));
        }

        return new Rows(rows);
    }

    private static Table Totals(string name, SortedDictionary<string, CountRate> counts, string good)
    {
        var table = new Table().RoundedBorder();
        table.AddColumns(name, "per second", "since the start");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        foreach (var (key, count) in counts)
        {
            var colour = key == "completed" ? good : name == "outcome" ? "yellow" : good;
            table.AddRow($"[{colour}]{Markup.Escape(SafeText.Of(key))}[/]", Number(count.PerSecond), count.Total.ToString(CultureInfo.InvariantCulture));
        }

        return counts.Count > 0 ? table : table.AddRow("[grey]none[/]", "", "");
    }

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
