using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Summaries;

/// <summary>Compares what was measured in the same round: what slowed the machine down then slowed both.</summary>
internal static class Pairs
{
    /// <summary>Null when no round has both. A round without its counterpart says nothing, and neither does one whose baseline is zero.</summary>
    public static Spread? Ratio(IEnumerable<Sample> row, IEnumerable<Sample> baseline, string metric) =>
        Spread.Of(
            from sample in row
            join other in baseline on sample.Round equals other.Round
            let value = sample.ValueOf(metric)
            let baseValue = other.ValueOf(metric)
            where value is not null && baseValue is not (null or 0)
            select value.Value / baseValue.Value);
}
