using Swp.Bench.Reports.Summaries;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Summaries;

public sealed class ScenarioSummaryTests
{
    private readonly TestRun _run = new();

    [Fact]
    public void Ratios_AreOfTheSameRoundAndThenTheMedian()
    {
        // The machine was slow in round 2: the medians are 20 and 12, their ratio would be 1.67.
        _run.Rates("peer", 10, 4, 12, 14).Rates("ours", 20, 12, 24, 21);

        var ratio = Assert.Single(RatiosOf("ours"));

        Assert.Equal(new Ratio("peer", new Spread(2.0, 1.5, 3.0, 4)), ratio);
    }

    [Fact]
    public void Ratios_RoundIsMissing_AreOfTheRoundsThatHaveBoth()
    {
        _run.Rates("peer", 10, null, 10).Rates("ours", 20, 90, 40);

        Assert.Equal(new Spread(3, 2, 4, 2), Assert.Single(RatiosOf("ours")).Value);
        Assert.Equal(new Spread(40, 20, 90, 3), _run.Summary().Rows.Single(row => row.Row == "ours").Metrics[0].Value);
        Assert.Equal((3, 2), (_run.Summary().Rounds, _run.Summary().Rows.Single(row => row.Row == "peer").Rounds));
    }

    [Fact]
    public void Ratios_BaselineIsZero_AreNone()
    {
        _run.Rates("peer", 0).Rates("ours", 20);

        Assert.Empty(RatiosOf("ours"));
    }

    [Fact]
    public void Ratios_OtherParameters_AreNotCompared()
    {
        _run.Rates("peer", null, 5, 10).Rates("ours", null, 5, 20).Rates("peer", null, 9, 10).Rates("ours", null, 9, 50);

        Assert.Equal([("clients=5", 2.0), ("clients=9", 5.0)], _run.Summary().Rows.Where(row => row.Row == "ours").Select(row => (row.ParameterText, row.Metrics[0].Ratios[0].Value.Median)));
    }

    [Fact]
    public void Rows_StandTogetherByParametersAndThenAsTheScenarioNamesThem()
    {
        _run.Rates("ours", "b", 5, 1).Rates("ours", "a", 5, 1).Rates("stranger", null, 5, 1).Rates("peer", null, 9, 1).Rates("peer", null, 5, 1);

        Assert.Equal(
            [("peer", "clients=5"), ("ours, b", "clients=5"), ("ours, a", "clients=5"), ("stranger", "clients=5"), ("peer", "clients=9")],
            _run.Summary().Rows.Select(row => (row.Row, row.ParameterText)));
    }

    [Fact]
    public void Absents_WhoTakesPartAndIsNotThere_IsNamedWithItsReason()
    {
        _run.Rates("ours", 1).Missing("peer", "npm is not installed").Missing("stranger", "takes no part").Missing("ours", "round 2 failed", "call", "late").Missing("other", "elsewhere", "idle");

        Assert.Equal(
            [("peer", "npm is not installed"), ("other", "not measured"), ("ours, late", "round 2 failed")],
            _run.Summary().Absents.Select(absent => (absent.Row, absent.Reason)));
    }

    [Fact]
    public void From_TwoSamplesOfOneRound_Throws()
    {
        _run.Rates("ours", 1).Rates("ours", 2);

        Assert.Contains("ours () was measured twice in round 1", Assert.Throws<ArgumentException>(_run.Summary).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measurement_NoNumber_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => TestRun.Rate.Is(double.NaN));

    private IReadOnlyList<Ratio> RatiosOf(string row) => _run.Summary().Rows.Single(summary => summary.Row == row).Metrics[0].Ratios;
}
