using System.Globalization;

namespace Swp.Cli.Parsing;

/// <summary>Times as they are typed: <c>500ms</c>, <c>10s</c>, <c>1.5h</c>, <c>2d</c>; a number alone is seconds.</summary>
internal static class Durations
{
    public const string Rule = "for example 500ms, 10s, 5m, 1h or 2d";

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        text = text?.Trim() ?? "";
        var (unit, seconds) = Units.FirstOrDefault(known => text.EndsWith(known.Unit, StringComparison.Ordinal), ("", 1));
        if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number) || number * seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    /// <summary>As a person would say it.</summary>
    public static string Show(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min"),
    };
}
