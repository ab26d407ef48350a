using System.Globalization;

namespace Swp.Chaos.Reports;

/// <summary>Figures as a report shows them.</summary>
internal static class ReportText
{
    public const string Nothing = "–";

    public static string Seconds(TimeSpan? time) => time is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.00} s") : Nothing;

    /// <summary>The median and the longest.</summary>
    public static string Callable(IReadOnlyList<TimeSpan> times) => times.Count == 0 ? Nothing : $"{Seconds(Quantile(times, 0.5))} / {Seconds(times.Max())}";

    public static TimeSpan? Quantile(IEnumerable<TimeSpan> times, double quantile)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted.Length == 0 ? null : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * quantile))];
    }

    /// <summary>Each outcome with how often it came, the most frequent first.</summary>
    public static string Outcomes(IReadOnlyDictionary<string, int> outcomes) =>
        outcomes.Count == 0 ? Nothing : string.Join(", ", outcomes.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
}
