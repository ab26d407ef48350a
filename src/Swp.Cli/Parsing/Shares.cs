using System.Globalization;

namespace Swp.Cli.Parsing;

/// <summary>Shares as they are typed: <c>5%</c> or <c>0.05</c>.</summary>
internal static class Shares
{
    public static bool TryParse(string? text, out double share)
    {
        share = 0;
        text = text?.Trim() ?? "";
        var percent = text.EndsWith('%');
        if (!double.TryParse(percent ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        share = percent ? number / 100 : number;
        return share is >= 0 and <= 1;
    }

    /// <summary>Whether the one at <paramref name="index"/> is of the share: they lie spread over the crowd, and are as many as the share says.</summary>
    public static bool Has(double share, int index) => Math.Floor(((index + 1) * share) + 1e-9) > Math.Floor((index * share) + 1e-9);
}
