using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Writing;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Writing;

public sealed class MarkdownReportTests
{
    private static readonly Goal Goal = new()
    {
        Scenario = "call",
        Row = "ours",
        Metric = TestRun.Rate,
        Sense = Sense.AtLeast,
        Target = new Bound(2, "peer"),
        Beyond = new Bound(1, "other"),
    };

    private readonly TestRun _run = new();

    [Fact]
    public void Write_HasMachineRowsRatiosAndAbsents()
    {
        _run.Rates("peer", 10, 10, 10).Rates("ours", 20, null, 30).Missing("other", "npm | is not\ninstalled");

        var text = MarkdownReport.Write(_run.Report(), "plots");

        Assert.StartsWith("2 cores, 8.0 GiB, Linux, .NET 10.0.1. 2026-05-04 03:02 UTC. Commit abc123. `bench/run.sh call`", text, StringComparison.Ordinal);
        Assert.Contains("- peer: version 1", text, StringComparison.Ordinal);
        Assert.Contains("Somebody calls (3 rounds).", text, StringComparison.Ordinal);
        Assert.Contains("![call: Somebody calls](plots/call.svg)", text, StringComparison.Ordinal);
        Assert.Contains(Lines("|  | calls/s ↑ | calls/s ÷ peer |", "|---|--:|--:|", "| peer | 10.0 | 1× |", "| ours | 25.0 (20.0–30.0) | 2.50× (2.00–3.00) |"), text, StringComparison.Ordinal);
        Assert.Contains("| other | absent: npm \\| is not installed |  |", text, StringComparison.Ordinal);
        Assert.Contains("- ours: only 2 of 3 rounds", text, StringComparison.Ordinal);
        Assert.DoesNotContain("### Goals", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeveralParameters_HaveAColumn()
    {
        _run.Rates("peer", null, 5, 10).Rates("peer", null, 9, 20);

        var text = MarkdownReport.Write(_run.Report());

        Assert.Contains(Lines("|  | parameters | calls/s ↑ | calls/s ÷ peer |", "|---|---|--:|--:|", "| peer | clients=5 | 10.0 | 1× |", "| peer | clients=9 | 20.0 | 1× |"), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Goals_HaveTargetsAndWhatWasMeasured()
    {
        _run.Rates("peer", 10, 10).Rates("other", 5, 10).Rates("ours", 20, 20);

        Assert.Contains("| call | ours | calls/s | ≥ 2× peer | ≥ 1× other | 2× peer; 3.00× (2.00–4.00) other | beyond |", MarkdownReport.Write(_run.Report(Goal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MissedByAHair_DoesNotReadAsTheTarget()
    {
        _run.Rates("peer", 10).Rates("ours", 19.99);

        Assert.Contains("| 1.999× peer | missed |", MarkdownReport.Write(_run.Report(Goal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_GoalWithoutFigures_SaysWhy()
    {
        _run.Rates("ours", 20).Missing("peer", "npm is not installed");

        Assert.Contains("| peer: npm is not installed | not measured |", MarkdownReport.Write(_run.Report(Goal)), StringComparison.Ordinal);
    }

    private static string Lines(params string[] lines) => string.Join(Environment.NewLine, lines);
}
