using System.Globalization;
using System.Text;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Plots;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>A report as Markdown.</summary>
public static class MarkdownReport
{
    /// <param name="report">What to write.</param>
    /// <param name="plotDirectory">Where the plots are, seen from the text.</param>
    public static string Write(BenchReport report, string plotDirectory = ".")
    {
        var text = new StringBuilder();
        var plots = PlotSet.Of(report).ToLookup(plot => plot.Scenario);
        text.AppendLine(CultureInfo.InvariantCulture, $"{Escape(RunText.Of(report.Run))} `{report.Run.CommandLine}`");
        text.AppendLine();
        foreach (var contender in report.Run.Contenders.Where(contender => contender.Description is not null))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {Escape(contender.Name)}: {Escape(contender.Description!)}");
        }

        text.AppendLine();
        text.AppendLine("Each figure is the median of the rounds, with the least and the most. A ratio is of the same round's figures, and then the median of them. ↑: higher is better, ↓: lower is better.");
        foreach (var summary in report.Summaries)
        {
            WriteScenario(text, summary, plots[summary.Scenario.Name], plotDirectory);
        }

        if (report.Goals.Count > 0)
        {
            WriteGoals(text, report);
        }

        return text.ToString();
    }

    private static void WriteScenario(StringBuilder text, ScenarioSummary summary, IEnumerable<Plot> plots, string plotDirectory)
    {
        var table = ScenarioTable.Of(summary);
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"### `{summary.Scenario.Name}`");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Escape(summary.Scenario.Title)} ({Escape(table.Caption)}).");
        text.AppendLine();
        foreach (var plot in plots)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"![{Escape(plot.Title)}]({plotDirectory}/{plot.FileName})");
            text.AppendLine();
        }

        string[] parameterHeader = table.HasParameters ? ["parameters"] : [];
        WriteLine(text, ["", .. parameterHeader, .. table.Columns]);
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{(table.HasParameters ? "---|" : "")}{string.Concat(Enumerable.Repeat("--:|", table.Columns.Count))}");
        foreach (var row in table.Rows)
        {
            string[] parameters = table.HasParameters ? [row.Parameters] : [];
            WriteLine(text, [row.Label, .. parameters, .. row.Cells.Select(cell => cell.Range is null ? cell.Value : $"{cell.Value} ({cell.Range})")]);
        }

        foreach (var absent in table.Absents)
        {
            WriteLine(text, [absent.Row, $"absent: {absent.Reason}", .. Enumerable.Repeat("", Math.Max(0, table.Columns.Count + parameterHeader.Length - 1))]);
        }

        if (table.Notes.Count > 0)
        {
            text.AppendLine();
        }

        foreach (var note in table.Notes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {Escape(note)}");
        }
    }

    private static void WriteGoals(StringBuilder text, BenchReport report)
    {
        text.AppendLine();
        text.AppendLine("### Goals");
        text.AppendLine();
        text.AppendLine("| scenario | row | metric | target | beyond | measured | |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var result in report.Goals)
        {
            var goal = result.Goal;
            WriteLine(text, [goal.Scenario, GoalText.Subject(result), goal.Metric.Name, GoalText.Target(goal), GoalText.Beyond(goal), GoalText.Measured(result), GoalText.Of(result.Verdict)]);
        }
    }

    private static void WriteLine(StringBuilder text, IEnumerable<string> cells) => text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(Escape))} |");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '|' or '\\' or '`' or '*' or '_' or '[' or ']' => escaped.Append('\\').Append(character),
                '<' => escaped.Append("&lt;"),
                '\r' or '\n' => escaped.Append(' '),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
