using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Summaries;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Judging;

public sealed class JudgeTests
{
    private static readonly Goal TwiceThePeer = new()
    {
        Scenario = "call",
        Row = "ours",
        Metric = TestRun.Rate,
        Sense = Sense.AtLeast,
        Target = new Bound(2, "peer"),
        Beyond = new Bound(3, "peer"),
    };

    private readonly TestRun _run = new();

    [Theory]
    [InlineData(19.999, Verdict.Missed)]
    [InlineData(20, Verdict.Met)]
    [InlineData(29.999, Verdict.Met)]
    [InlineData(30, Verdict.Beyond)]
    public void Of_AtLeast_TheFigureItselfIsReached(double rate, Verdict verdict)
    {
        _run.Rates("peer", 10).Rates("ours", rate);

        var result = Assert.Single(_run.Judged(TwiceThePeer));

        Assert.Equal((verdict, rate / 10), (result.Verdict, result.Measured!.Median));
    }

    [Theory]
    [InlineData(12, Verdict.Beyond)]
    [InlineData(12.001, Verdict.Met)]
    [InlineData(20, Verdict.Met)]
    [InlineData(20.001, Verdict.Missed)]
    public void Of_AtMostAbsolute_TheFigureItselfIsReached(double time, Verdict verdict)
    {
        _run.Add("ours", null, null, 1, TestRun.Time.Is(time));

        var result = Assert.Single(_run.Judged(TwiceThePeer with { Metric = TestRun.Time, Sense = Sense.AtMost, Target = new Bound(20), Beyond = new Bound(12) }));

        Assert.Equal((verdict, new Spread(time, time, time, 1)), (result.Verdict, result.Measured));
    }

    [Fact]
    public void Of_BeyondHasABaselineOfItsOwn_IsComparedWithThat()
    {
        _run.Rates("peer", 10).Rates("other", 40).Rates("ours", 30);
        var goal = TwiceThePeer with { Beyond = new Bound(0.9, "other") };

        var result = Assert.Single(_run.Judged(goal));

        Assert.Equal((Verdict.Met, 3.0, 0.75), (result.Verdict, result.Measured!.Median, result.MeasuredBeyond!.Median));
    }

    [Fact]
    public void Of_BeyondIsReachedButNotTheTarget_IsMissed()
    {
        _run.Rates("peer", 10).Rates("other", 10).Rates("ours", 15);

        Assert.Equal(Verdict.Missed, Assert.Single(_run.Judged(TwiceThePeer with { Beyond = new Bound(1, "other") })).Verdict);
    }

    [Fact]
    public void Of_SeveralParameters_EachIsJudged()
    {
        _run.Rates("peer", null, 5, 10).Rates("ours", null, 5, 20).Rates("peer", null, 9, 10).Rates("ours", null, 9, 10);

        Assert.Equal([("5", Verdict.Met), ("9", Verdict.Missed)], _run.Judged(TwiceThePeer).Select(result => (result.Parameters["clients"], result.Verdict)));
    }

    [Fact]
    public void Of_TheSameRowWithOtherParameters_IsComparedWithItself()
    {
        var goal = TwiceThePeer with { Sense = Sense.AtMost, Parameters = TestRun.Clients(9), Target = new Bound(1.25, "ours", TestRun.Clients(5)), Beyond = null };
        _run.Rates("ours", null, 5, 8, 8).Rates("ours", null, 9, 10, 10);

        var result = Assert.Single(_run.Judged(goal));

        Assert.Equal((Verdict.Met, 1.25), (result.Verdict, result.Measured!.Median));
    }

    [Fact]
    public void Of_RowIsAbsent_SaysWhy()
    {
        _run.Rates("peer", 10).Missing("ours", "it did not start");

        Assert.Equal((Verdict.NotMeasured, "ours, late: it did not start"), JudgedOnce(TwiceThePeer with { Row = "ours, late" }));
    }

    [Fact]
    public void Of_BaselineIsAbsent_SaysWhy()
    {
        _run.Rates("ours", 10).Missing("peer", "npm is not installed");

        Assert.Equal((Verdict.NotMeasured, "peer: npm is not installed"), JudgedOnce(TwiceThePeer));
    }

    [Fact]
    public void Of_MetricIsMissing_SaysSo()
    {
        _run.Rates("peer", 10).Rates("ours", 10);

        Assert.Equal((Verdict.NotMeasured, "p99 was not measured"), JudgedOnce(TwiceThePeer with { Metric = TestRun.Time }));
    }

    private (Verdict Verdict, string? Reason) JudgedOnce(Goal goal)
    {
        var result = Assert.Single(_run.Judged(goal));
        return (result.Verdict, result.Reason);
    }
}
