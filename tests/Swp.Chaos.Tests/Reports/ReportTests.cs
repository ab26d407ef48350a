using System.Text.Json;
using Swp.Chaos.Checking;
using Swp.Chaos.Reports;
using Swp.Chaos.Running;
using Swp.Chaos.Tests.Checking;

namespace Swp.Chaos.Tests.Reports;

public sealed class ReportTests
{
    private static readonly ChaosOptions Options = ChaosOptions.Short with { Seed = 7, Commit = "abc" };

    private readonly TestLog _log = TestLog.Clean();

    [Fact]
    public void Markdown_Clean_HasARowForEachFaultAndNothingWrong()
    {
        var text = Markdown.Write(Report.From(Options, _log.Close(), refused: 0));

        Assert.StartsWith("Seed 7; 200 clients, 80 calls/s, 5.0 min, 8 calls. ", text, StringComparison.Ordinal);
        Assert.Contains("| `gateway-kill` | 1 | 3 (2) |", text, StringComparison.Ordinal);
        Assert.Contains("Hung 0, wrong 0, ended unplanned 0.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(none)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_Violations_AreCountedWhereTheyBelong()
    {
        _log.Ends.RemoveAll(end => end.Number is 1 or 4);
        var report = Report.From(Options, _log.Close(), refused: 0);

        Assert.False(report.IsClean);
        Assert.Equal([("gateway-kill", 1, 0), ("(none)", 1, 0)], report.Rows.Select(row => (row.Fault, row.Hung, row.Wrong)));
        Assert.Equal(2, report.Count(ViolationKind.Hung));
        Assert.Contains("call 4 has no outcome", Markdown.WriteViolations(report, storiesOfEach: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_FaultsThatCouldNotBeDone_AreListed()
    {
        var text = Markdown.Write(Report.From(Options, _log.Close(), refused: 0) with { NotRun = ["cut-owner-owner"] });

        Assert.Contains("- `cut-owner-owner`: not run: needs root, iproute2 and nftables", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HasEverythingButTheLog()
    {
        var report = Report.From(Options, _log.Close(), refused: 0);

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, ReportJson.Default.Report));

        Assert.Equal(7, json.RootElement.GetProperty("seed").GetInt32());
        Assert.Equal("gateway-kill", json.RootElement.GetProperty("rows")[0].GetProperty("fault").GetString());
        Assert.False(json.RootElement.TryGetProperty("log", out _));
    }
}
