namespace Swp.Bench.Reports.Measurements;

/// <summary>Parameters as a report shows and compares them.</summary>
internal static class ParameterText
{
    /// <summary><c>callers=64, clients=200</c>: sorted, so that equal parameters have equal text.</summary>
    public static string Of(IReadOnlyDictionary<string, string> parameters) =>
        string.Join(", ", parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
