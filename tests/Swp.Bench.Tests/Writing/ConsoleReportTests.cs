using Spectre.Console;
using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Writing;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Writing;

public sealed class ConsoleReportTests
{
    [Fact]
    public void Write_ShowsRowsAbsentsAndGoals()
    {
        var goal = new Goal { Scenario = "call", Row = "ours, [red]", Metric = TestRun.Rate, Sense = Sense.AtLeast, Target = new Bound(2, "peer") };
        var run = new TestRun().Rates("peer", 10, 12).Rates("ours", "[red]", null, 20, 30).Missing("other", "npm is [not] installed");

        var text = Printed(run.Report(goal));

        Assert.Contains("call: Somebody calls (2 rounds)", text, StringComparison.Ordinal);
        Assert.Contains("│ ours, [red] │", text, StringComparison.Ordinal);
        Assert.Contains("20.0–30.0", text, StringComparison.Ordinal);
        Assert.Contains("2.25×", text, StringComparison.Ordinal);
        Assert.Contains("other: absent: npm is [not] installed", text, StringComparison.Ordinal);
        Assert.Contains("≥ 2× peer", text, StringComparison.Ordinal);
        Assert.Contains("met", text, StringComparison.Ordinal);
    }

    private static string Printed(BenchReport report)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 160;
        ConsoleReport.Write(console, report);
        return writer.ToString();
    }
}
