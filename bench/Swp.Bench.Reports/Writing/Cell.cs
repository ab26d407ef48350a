using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>One figure of a table.</summary>
/// <param name="Value">The median.</param>
/// <param name="Range">Least and most, if they differ.</param>
internal sealed record Cell(string Value, string? Range)
{
    public static Cell Empty { get; } = new(Figures.Nothing, null);

    public static Cell Of(Spread? spread) => spread is null ? Empty : new Cell(Figures.Number(spread.Median), Figures.Range(spread));

    public static Cell OfRatio(Spread? spread) => spread is null ? Empty : new Cell(Figures.Ratio(spread.Median), Figures.RatioRange(spread));
}
