using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Judging;

/// <summary>Holds what was measured against goals.</summary>
public static class Judge
{
    /// <summary>One result for each set of parameters that the goal's row was run with; one that says why when there is none.</summary>
    public static IReadOnlyList<GoalResult> Of(Goal goal, ScenarioSummary summary, BenchRun run)
    {
        var rows = summary.Rows.Where(row => row.Row == goal.Row && (goal.Parameters is null || ParameterText.Of(goal.Parameters) == row.ParameterText)).ToArray();
        return rows.Length == 0
            ? [NotMeasured(goal, goal.Parameters, WhyAbsent(goal.Row, summary))]
            : [.. rows.Select(row => ResultOf(goal, row, summary, run))];
    }

    private static GoalResult ResultOf(Goal goal, RowSummary row, ScenarioSummary summary, BenchRun run)
    {
        var measured = Measure(goal, goal.Target, row, run);
        if (measured is null)
        {
            var reason = row.Find(goal.Metric.Name) is null ? $"{goal.Metric.Name} was not measured" : WhyAbsent(goal.Target.Baseline!, summary);
            return NotMeasured(goal, row.Parameters, reason);
        }

        var beyond = goal.Beyond is { } bound ? Measure(goal, bound, row, run) : null;
        return new GoalResult
        {
            Goal = goal,
            Parameters = row.Parameters,
            Measured = measured,
            MeasuredBeyond = beyond,
            Verdict = !goal.IsReached(goal.Target, measured.Median) ? Verdict.Missed
                : beyond is not null && goal.IsReached(goal.Beyond!, beyond.Median) ? Verdict.Beyond
                : Verdict.Met,
        };
    }

    private static Spread? Measure(Goal goal, Bound bound, RowSummary row, BenchRun run)
    {
        return bound.Baseline is null
            ? row.Find(goal.Metric.Name)?.Value
            : Pairs.Ratio(SamplesOf(row.Row, row.Parameters), SamplesOf(bound.Baseline, bound.BaselineParameters ?? row.Parameters), goal.Metric.Name);

        IEnumerable<Sample> SamplesOf(string label, IReadOnlyDictionary<string, string> parameters) =>
            run.Samples.Where(sample => sample.Scenario == goal.Scenario && sample.Row == label && ParameterText.Of(sample.Parameters) == ParameterText.Of(parameters));
    }

    private static GoalResult NotMeasured(Goal goal, IReadOnlyDictionary<string, string>? parameters, string reason) =>
        new() { Goal = goal, Parameters = parameters ?? new Dictionary<string, string>(), Verdict = Verdict.NotMeasured, Reason = reason };

    private static string WhyAbsent(string row, ScenarioSummary summary)
    {
        var absent = summary.Absents.FirstOrDefault(absent => absent.Row == row) ?? summary.Absents.FirstOrDefault(absent => absent.Variant is null && row.StartsWith($"{absent.Contender},", StringComparison.Ordinal));
        return absent is null ? $"{row} has no figure to compare" : $"{row}: {absent.Reason}";
    }
}
