using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Swp.Testing.Operations;

/// <summary>An answer of the server API.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">The body's type.</param>
/// <param name="Text">The body, as it came.</param>
/// <param name="Headers">The response's headers.</param>
public sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, string Text, HttpResponseHeaders Headers)
{
    private readonly Lazy<JsonElement> _json = new(() =>
    {
        using var document = JsonDocument.Parse(Text);
        return document.RootElement.Clone();
    });

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => _json.Value;

    /// <summary>A member of the body; <see langword="null"/> when it is absent or null.</summary>
    public string? this[string member] =>
        Json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;

    /// <summary>How the call ended.</summary>
    public string? Outcome => this["outcome"];

    /// <summary>The data's JSON text, byte for byte.</summary>
    public string RawData => Json.GetProperty("data").GetRawText();

    public override string ToString() => $"HTTP {(int)Status} {ContentType} {Text}";
}
