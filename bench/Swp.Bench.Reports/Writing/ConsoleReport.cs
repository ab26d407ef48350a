using Spectre.Console;
using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>A report on a terminal.</summary>
public static class ConsoleReport
{
    private static readonly Style Faint = new(decoration: Decoration.Dim);

    /// <summary>A table for each scenario, and one of the goals.</summary>
    public static void Write(IAnsiConsole console, BenchReport report)
    {
        console.WriteLine(RunText.Of(report.Run));
        var own = report.Run.Contenders.Where(contender => contender.IsOwn).Select(contender => contender.Name).ToHashSet();
        foreach (var summary in report.Summaries)
        {
            console.WriteLine();
            WriteScenario(console, summary, own);
        }

        if (report.Goals.Count > 0)
        {
            console.WriteLine();
            WriteGoals(console, report.Goals);
        }
    }

    private static void WriteScenario(IAnsiConsole console, ScenarioSummary summary, HashSet<string> own)
    {
        var shown = ScenarioTable.Of(summary);
        var table = Create($"{summary.Scenario.Name}: {summary.Scenario.Title} ({shown.Caption})");
        table.AddColumn("");
        if (shown.HasParameters)
        {
            table.AddColumn("parameters");
        }

        foreach (var column in shown.Columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).RightAligned());
        }

        foreach (var (row, of) in shown.Rows.Zip(summary.Rows))
        {
            Text[] parameters = shown.HasParameters ? [new Text(row.Parameters)] : [];
            table.AddRow([new Text(row.Label, own.Contains(of.Contender) ? new Style(decoration: Decoration.Bold) : Style.Plain), .. parameters, .. row.Cells.Select(CellOf)]);
        }

        console.Write(table);
        foreach (var absent in shown.Absents)
        {
            console.Write(new Text($"{absent.Row}: absent: {absent.Reason}\n", new Style(Color.Yellow)));
        }

        foreach (var note in shown.Notes)
        {
            console.Write(new Text($"{note}\n", new Style(Color.Yellow)));
        }
    }

    private static Paragraph CellOf(Cell cell)
    {
        var text = new Paragraph(cell.Value);
        return cell.Range is null ? text : text.Append($"\n{cell.Range}", Faint);
    }

    private static void WriteGoals(IAnsiConsole console, IReadOnlyList<GoalResult> results)
    {
        var table = Create("Goals");
        table.AddColumns("scenario", "row", "metric", "target", "beyond", "measured", "");
        foreach (var result in results)
        {
            var goal = result.Goal;
            table.AddRow(
                new Text(goal.Scenario),
                new Text(GoalText.Subject(result)),
                new Text(goal.Metric.Name),
                new Text(GoalText.Target(goal)),
                new Text(GoalText.Beyond(goal)),
                new Text(GoalText.Measured(result)),
                new Text(GoalText.Of(result.Verdict), StyleOf(result.Verdict)));
        }

        console.Write(table);
    }

    private static Table Create(string title) => new() { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)) };

    private static Style StyleOf(Verdict verdict) => verdict switch
    {
        Verdict.Beyond => new Style(Color.Green, decoration: Decoration.Bold),
        Verdict.Met => new Style(Color.Green),
        Verdict.Missed => new Style(Color.Red, decoration: Decoration.Bold),
        _ => new Style(Color.Yellow),
    };
}
