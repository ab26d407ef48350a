using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swp.Bench.Reports.Writing;

/// <summary>A report as JSON, and back: another report can be made of an earlier run.</summary>
public static class JsonReport
{
    // The text goes into a file, never into a page: "signalr+redis" and "µs" may stand as they are.
    private static readonly BenchJson Json = new(new JsonSerializerOptions(BenchJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Everything: what was measured, the summaries and the goals.</summary>
    public static string Write(BenchReport report) => JsonSerializer.Serialize(report, Json.BenchReport);

    /// <exception cref="JsonException">The text is no report.</exception>
    public static BenchReport Read(string json) => JsonSerializer.Deserialize(json, Json.BenchReport) ?? throw new JsonException("The text is no report.");
}
