using System.Text.Json;
using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Writing;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Writing;

public sealed class JsonReportTests
{
    private readonly BenchReport _report = new TestRun()
        .Rates("peer", null, 5, 10, 12)
        .Rates("ours", "callers here", 5, 20, 30)
        .Add("ours", null, 5, 1, TestRun.Time.Is(4.25))
        .Missing("other", "npm is not installed", "call")
        .Report(new Goal { Scenario = "call", Row = "ours, callers here", Metric = TestRun.Rate, Sense = Sense.AtLeast, Target = new Bound(2, "peer", TestRun.Clients(5)), Beyond = new Bound(3, "peer") });

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var read = JsonReport.Read(JsonReport.Write(_report));

        Assert.Equivalent(_report, read, strict: true);
    }

    [Fact]
    public void Write_IsCamelCaseAndHasTheMachine()
    {
        var text = JsonReport.Write(_report);
        using var json = JsonDocument.Parse(text);
        var run = json.RootElement.GetProperty("run");
        var machine = run.GetProperty("machine");

        Assert.Equal((2, 8L << 30, "Linux", "10.0.1"), (machine.GetProperty("cores").GetInt32(), machine.GetProperty("memoryBytes").GetInt64(), machine.GetProperty("os").GetString(), machine.GetProperty("dotNet").GetString()));
        Assert.Equal(("abc123", "bench/run.sh call"), (run.GetProperty("commit").GetString(), run.GetProperty("commandLine").GetString()));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), run.GetProperty("date").GetDateTimeOffset());
        Assert.Equal("met", json.RootElement.GetProperty("goals")[0].GetProperty("verdict").GetString());
        Assert.Contains("\"unit\": \"µs\"", text, StringComparison.Ordinal);
        Assert.Contains("\"direction\": \"lowerIsBetter\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Null_Throws() => Assert.Throws<JsonException>(() => JsonReport.Read("null"));
}
