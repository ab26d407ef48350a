using System.Globalization;

namespace Swp.Cli.Output;

/// <summary>Numbers of things, in words.</summary>
internal static class Counts
{
    public static string Show(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
