using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;
using Swp.Bench.Reports.Writing;

namespace Swp.Bench.Tests.Kit;

/// <summary>A run that a test writes: <c>ours</c> beside <c>peer</c> and <c>other</c>.</summary>
internal sealed class TestRun
{
    public static readonly Metric Rate = new("calls/s", "", Direction.HigherIsBetter);

    public static readonly Metric Time = new("p99", "µs", Direction.LowerIsBetter);

    public static readonly Scenario Scenario = new()
    {
        Name = "call",
        Title = "Somebody calls",
        MainMetric = Rate.Name,
        Contenders = ["peer", "other", "ours"],
        Baselines = ["peer", "other"],
        Steps = [new Step(50, "half"), new Step(100, "all")],
    };

    public List<Sample> Samples { get; } = [];

    public List<Absent> Absents { get; } = [];

    public static Dictionary<string, string> Clients(int count) => new() { ["clients"] = $"{count}" };

    /// <summary>One sample for each rate, from round 1 on; a round without one is missing.</summary>
    public TestRun Rates(string contender, params double?[] rates) => Rates(contender, null, null, rates);

    public TestRun Rates(string contender, string? variant, int? clients, params double?[] rates)
    {
        for (var round = 1; round <= rates.Length; round++)
        {
            if (rates[round - 1] is { } rate)
            {
                Add(contender, variant, clients, round, Rate.Is(rate));
            }
        }

        return this;
    }

    public TestRun Add(string contender, string? variant, int? clients, int round, params Measurement[] metrics)
    {
        Samples.Add(new Sample
        {
            Scenario = Scenario.Name,
            Contender = contender,
            Variant = variant,
            Parameters = clients is { } count ? Clients(count) : [],
            Round = round,
            Metrics = metrics,
        });
        return this;
    }

    public TestRun Missing(string contender, string reason, string? scenario = null, string? variant = null)
    {
        Absents.Add(new Absent { Contender = contender, Variant = variant, Scenario = scenario, Reason = reason });
        return this;
    }

    public BenchRun Close() => new()
    {
        Machine = new Machine { Cores = 2, MemoryBytes = 8L << 30, Os = "Linux", DotNet = "10.0.1" },
        Date = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero),
        Commit = "abc123",
        CommandLine = "bench/run.sh call",
        Contenders = [new Contender { Name = "peer", Description = "version 1" }, new Contender { Name = "ours", IsOwn = true }],
        Scenarios = [Scenario],
        Samples = Samples,
        Absents = Absents,
    };

    public ScenarioSummary Summary() => ScenarioSummary.From(Scenario, Close());

    public BenchReport Report(params Goal[] goals) => BenchReport.From(Close(), goals);

    public GoalResult[] Judged(Goal goal) => [.. Judge.Of(goal, Summary(), Close())];
}
