using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>A run, what it has shown and what became of the goals.</summary>
public sealed record BenchReport
{
    /// <summary>What was measured.</summary>
    public required BenchRun Run { get; init; }

    /// <summary>One for each scenario.</summary>
    public required IReadOnlyList<ScenarioSummary> Summaries { get; init; }

    /// <summary>Of the scenarios that were run.</summary>
    public required IReadOnlyList<GoalResult> Goals { get; init; }

    /// <param name="run">What was measured.</param>
    /// <param name="goals">What to hold it against; those of scenarios that were not run are left out.</param>
    public static BenchReport From(BenchRun run, IReadOnlyList<Goal> goals)
    {
        ScenarioSummary[] summaries = [.. run.Scenarios.Select(scenario => ScenarioSummary.From(scenario, run))];
        return new BenchReport
        {
            Run = run,
            Summaries = summaries,
            Goals =
            [
                .. from goal in goals
                   from summary in summaries
                   where summary.Scenario.Name == goal.Scenario
                   from result in Judge.Of(goal, summary, run)
                   select result,
            ],
        };
    }
}
