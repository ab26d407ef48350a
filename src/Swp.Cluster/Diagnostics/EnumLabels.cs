using System.Text.Json;

namespace Swp.Cluster.Diagnostics;

/// <summary>An enumeration's values as a label has them.</summary>
internal static class EnumLabels
{
    /// <summary><c>NotAttached</c> is <c>not_attached</c>. In the order of their numbers.</summary>
    public static IEnumerable<string> Of<T>()
        where T : struct, Enum =>
        Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);
}
