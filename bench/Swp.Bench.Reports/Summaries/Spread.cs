namespace Swp.Bench.Reports.Summaries;

/// <summary>What the rounds have shown of one figure.</summary>
/// <param name="Median">The middle one, or the mean of the middle two.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
/// <param name="Rounds">How many rounds have it.</param>
public sealed record Spread(double Median, double Min, double Max, int Rounds)
{
    // The spread is least to most: of three or five rounds a median deviation says little, and hides the one bad round that a reader should see.

    /// <summary>Null when there is nothing.</summary>
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            return null;
        }

        var upper = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Length);
    }
}
