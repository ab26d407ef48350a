using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Summaries;

/// <summary>What one scenario has shown.</summary>
public sealed record ScenarioSummary
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>How many rounds there were; single rows may have fewer.</summary>
    public required int Rounds { get; init; }

    /// <summary>Equal parameters stand together, and within them the contenders as the scenario names them.</summary>
    public required IReadOnlyList<RowSummary> Rows { get; init; }

    /// <summary>What was not measured, and why.</summary>
    public required IReadOnlyList<Absent> Absents { get; init; }

    /// <exception cref="ArgumentException">A row has two samples of one round.</exception>
    public static ScenarioSummary From(Scenario scenario, BenchRun run)
    {
        var samples = run.Samples.Where(sample => sample.Scenario == scenario.Name).ToArray();
        ThrowIfMeasuredTwice(samples);
        return new ScenarioSummary
        {
            Scenario = scenario,
            Rounds = samples.Select(sample => sample.Round).Distinct().Count(),
            Rows = [.. samples.GroupBy(sample => ParameterText.Of(sample.Parameters)).SelectMany(group => RowsOf(group, scenario))],
            Absents = [.. AbsentsOf(scenario, run, [.. samples.Select(sample => sample.Contender)])],
        };
    }

    internal bool Has(string row) => Rows.Any(summary => summary.Row == row);

    private static IEnumerable<RowSummary> RowsOf(IEnumerable<Sample> samples, Scenario scenario)
    {
        var byRow = samples.ToLookup(sample => sample.Row);
        return byRow.OrderBy(row => PlaceOf(row.First().Contender, scenario)).Select(row => RowSummary.From([.. row], byRow, scenario.Baselines));
    }

    private static int PlaceOf(string contender, Scenario scenario)
    {
        var place = scenario.Contenders.ToList().IndexOf(contender);
        return place < 0 ? int.MaxValue : place;
    }

    // Who takes part and was neither measured nor excused is shown too: a row that is merely missing would go unnoticed.
    private static IEnumerable<Absent> AbsentsOf(Scenario scenario, BenchRun run, HashSet<string> measured)
    {
        var known = run.Absents.Where(absent => absent.Scenario is null ? scenario.Contenders.Contains(absent.Contender) : absent.Scenario == scenario.Name).ToList();
        known.AddRange(
            from contender in scenario.Contenders
            where !measured.Contains(contender) && known.TrueForAll(absent => absent.Contender != contender)
            select new Absent { Contender = contender, Scenario = scenario.Name, Reason = "not measured" });
        return known.OrderBy(absent => PlaceOf(absent.Contender, scenario));
    }

    private static void ThrowIfMeasuredTwice(IEnumerable<Sample> samples)
    {
        var twice = samples.GroupBy(sample => (sample.Row, Parameters: ParameterText.Of(sample.Parameters), sample.Round)).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"{twice.Key.Row} ({twice.Key.Parameters}) was measured twice in round {twice.Key.Round}.", nameof(samples));
        }
    }
}
