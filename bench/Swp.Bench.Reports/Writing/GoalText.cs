using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>A goal's result in words.</summary>
internal static class GoalText
{
    public static string Subject(GoalResult result)
    {
        var parameters = ParameterText.Of(result.Parameters);
        return parameters.Length == 0 ? result.Goal.Row : $"{result.Goal.Row} ({parameters})";
    }

    public static string Target(Goal goal) => Wanted(goal, goal.Target);

    public static string Beyond(Goal goal) => goal.Beyond is { } bound ? Wanted(goal, bound) : Figures.Nothing;

    public static string Measured(GoalResult result)
    {
        if (result.Measured is not { } measured)
        {
            return result.Reason ?? Figures.Nothing;
        }

        var text = Measured(result.Goal, result.Goal.Target, measured);
        return result.MeasuredBeyond is { } beyond && result.Goal.Beyond is { } bound && bound.Baseline != result.Goal.Target.Baseline
            ? $"{text}; {Measured(result.Goal, bound, beyond)}"
            : text;
    }

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Beyond => "beyond",
        Verdict.Met => "met",
        Verdict.Missed => "missed",
        _ => "not measured",
    };

    private static string Wanted(Goal goal, Bound bound) => $"{(goal.Sense == Sense.AtLeast ? "≥" : "≤")} {Exact(goal, bound, bound.Figure)}{Against(bound)}";

    private static string Measured(Goal goal, Bound bound, Spread spread)
    {
        var isRatio = bound.Baseline is not null;
        var range = (isRatio ? Figures.RatioRange(spread) : Figures.Range(spread)) is { } text ? $" ({text})" : "";

        // A miss by a hair must not read as if it were the target.
        var figure = Figure(goal, isRatio, spread.Median) == Figure(goal, isRatio, bound.Figure) ? Exact(goal, bound, spread.Median) : Figure(goal, isRatio, spread.Median);
        return $"{figure}{range}{Against(bound)}";
    }

    private static string Figure(Goal goal, bool isRatio, double value) => isRatio ? Figures.Ratio(value) : Figures.With(goal.Metric, Figures.Number(value));

    private static string Exact(Goal goal, Bound bound, double value) => bound.Baseline is null ? Figures.With(goal.Metric, Figures.Exact(value)) : $"{Figures.Exact(value)}×";

    private static string Against(Bound bound) =>
        bound.Baseline is null ? "" : bound.BaselineParameters is { } parameters ? $" {bound.Baseline} ({ParameterText.Of(parameters)})" : $" {bound.Baseline}";
}
