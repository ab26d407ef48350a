using System.Text.Json;

namespace Swp.Testing.Clients;

/// <summary>A message as it came: its text, and its members as JSON.</summary>
public sealed class TestFrame
{
    public TestFrame(string text)
    {
        Text = text;
        using var document = JsonDocument.Parse(text);
        Json = document.RootElement.Clone();
    }

    /// <summary>Byte for byte.</summary>
    public string Text { get; }

    public JsonElement Json { get; }

    public string? SessionType => String("sessionType");

    public string? Code => String("code");

    public string? Message => String("msg");

    /// <summary>Only when it is a string, which is what the protocol promises.</summary>
    public string? Uuid => String("uuid");

    /// <summary>The data's JSON text, byte for byte; <see langword="null"/> when there is none.</summary>
    public string? RawData => Json.TryGetProperty("data", out var data) ? data.GetRawText() : null;

    /// <summary>The data when it is a string.</summary>
    public string? Data => String("data");

    /// <summary>The <c>code</c> of the <c>error</c>.</summary>
    public string? Error => Json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;

    public override string ToString() => Text;

    private string? String(string member) => Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
