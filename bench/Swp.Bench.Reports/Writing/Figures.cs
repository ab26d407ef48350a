using System.Globalization;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Writing;

/// <summary>Figures as a report shows them.</summary>
internal static class Figures
{
    public const string Nothing = "–";

    /// <summary>Three figures, or all that are before the point.</summary>
    public static string Number(double value) => value.ToString(FormatOf(value), CultureInfo.InvariantCulture);

    /// <summary>With all its decimals, as a goal is set.</summary>
    public static string Exact(double value) => value.ToString("#,##0.####", CultureInfo.InvariantCulture);

    /// <summary>As on an axis: as many decimals as the step between two of them has.</summary>
    public static string Tick(double value, double step) => value.ToString($"#,##0.{new string('#', Math.Max(0, 1 - (int)Math.Floor(Math.Log10(step))))}", CultureInfo.InvariantCulture);

    /// <summary>With the sign that says so.</summary>
    public static string Ratio(double value) => $"{Times(value)}×";

    /// <summary>Least and most of ratios; null when they look the same.</summary>
    public static string? RatioRange(Spread spread) => Times(spread.Min) == Times(spread.Max) ? null : $"{Times(spread.Min)}–{Times(spread.Max)}";

    public static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} %");

    public static string Rounds(int count) => count == 1 ? "1 round" : $"{count} rounds";

    /// <summary>Least and most; null when they look the same.</summary>
    public static string? Range(Spread spread) => Number(spread.Min) == Number(spread.Max) ? null : $"{Number(spread.Min)}–{Number(spread.Max)}";

    /// <summary>With its unit.</summary>
    public static string With(Metric metric, string number) => metric.Unit.Length == 0 ? number : $"{number} {metric.Unit}";

    public static string Header(Metric metric) => metric.Unit.Length == 0 ? metric.Name : $"{metric.Name} ({metric.Unit})";

    public static string Arrow(Direction direction) => direction == Direction.HigherIsBetter ? "↑" : "↓";

    public static string Wanted(Direction direction) => direction == Direction.HigherIsBetter ? "higher is better" : "lower is better";

    // Two decimals also below one, where 0.82 stands above 1.06.
    private static string Times(double value) => Math.Abs(value) is >= 0.0995 and < 9.995 ? value.ToString("0.00", CultureInfo.InvariantCulture) : Number(value);

    // Chosen by what is shown, not by what is: 9.996 is 10.0.
    private static string FormatOf(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 99.95 => "#,##0",
        >= 9.995 => "0.0",
        >= 0.9995 => "0.00",
        _ => "0.000",
    };
}
