using System.Globalization;

namespace Swp.Clinic.His;

/// <summary>Times as the clinic's systems write them: local, without a zone.</summary>
internal static class ClinicTime
{
    public const string Format = "yyyy-MM-dd HH:mm:ss";

    private static readonly string[] Accepted = [Format, "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    public static bool TryParse(string? text, out DateTime time) =>
        DateTime.TryParseExact(text?.Trim(), Accepted, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    public static string ToText(DateTime time) => time.ToString(Format, CultureInfo.InvariantCulture);
}
