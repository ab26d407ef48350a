using System.Globalization;

namespace Swp.Cli.Output;

/// <summary>Times as people read them, in UTC: what is printed here is compared with what other machines log.</summary>
internal static class Moments
{
    public static string Show(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Show(DateTimeOffset? moment) => moment is { } known ? Show(known) : "-";
}
