using System.Text.Encodings.Web;
using System.Text.Json;
using Swp.Clients;

namespace Swp.Cluster.Payloads;

/// <summary>Writes what the server originates in the style its client's type asks for.</summary>
internal static class PayloadEncoder
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON string stays as it is in either style; anything else becomes JSON text in a string, unless the type takes raw JSON.</summary>
    public static JsonPayload Encode(JsonPayload payload, bool raw)
    {
        if (raw || payload.IsNone || payload.Utf8.Span.TrimStart(" \t\r\n"u8) is [(byte)'"', ..])
        {
            return payload;
        }

        using var buffer = new MemoryStream(payload.Length + (payload.Length >> 3) + 2);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStringValue(payload.Utf8.Span);
        }

        return JsonPayload.FromValidated(buffer.ToArray());
    }
}
