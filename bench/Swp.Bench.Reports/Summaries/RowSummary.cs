using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Summaries;

/// <summary>One row of a scenario with one set of parameters.</summary>
public sealed record RowSummary
{
    /// <summary>The row's label.</summary>
    public required string Row { get; init; }

    /// <summary>Whose row it is.</summary>
    public required string Contender { get; init; }

    /// <summary>What it was run with.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>In how many rounds it was measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<MetricSummary> Metrics { get; init; }

    internal string ParameterText => Measurements.ParameterText.Of(Parameters);

    internal MetricSummary? Find(string metric) => Metrics.FirstOrDefault(summary => summary.Metric.Name == metric);

    /// <param name="samples">The row's own.</param>
    /// <param name="peers">All of the scenario with the same parameters.</param>
    /// <param name="baselines">The labels of the rows to compare with.</param>
    internal static RowSummary From(IReadOnlyList<Sample> samples, ILookup<string, Sample> peers, IReadOnlyList<string> baselines)
    {
        var row = samples[0].Row;
        return new RowSummary
        {
            Row = row,
            Contender = samples[0].Contender,
            Parameters = samples[0].Parameters,
            Rounds = samples.Count,
            Metrics =
            [
                .. from metric in samples.SelectMany(sample => sample.Metrics).Select(measured => measured.Metric).DistinctBy(metric => metric.Name)
                   let value = Spread.Of(samples.Select(sample => sample.ValueOf(metric.Name)).OfType<double>())
                   select new MetricSummary(metric, value, [.. RatiosOf(metric.Name)]),
            ],
        };

        IEnumerable<Ratio> RatiosOf(string metric) =>
            from baseline in baselines
            where baseline != row
            let ratio = Pairs.Ratio(samples, peers[baseline], metric)
            where ratio is not null
            select new Ratio(baseline, ratio);
    }
}
