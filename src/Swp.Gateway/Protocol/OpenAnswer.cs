using System.Text.Encodings.Web;
using System.Text.Json;
using Swp.Clients;

namespace Swp.Gateway.Protocol;

/// <summary>The data of the answer to an OPEN.</summary>
internal static class OpenAnswer
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"clientId":"999","msg":"success"}</c>, as JSON text in a string unless the type takes raw JSON.</summary>
    public static JsonPayload Data(string clientId, bool rawJson)
    {
        var text = Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("clientId", clientId);
            writer.WriteString("msg", "success");
            writer.WriteEndObject();
        });
        return JsonPayload.FromValidated(rawJson ? text : Write(writer => writer.WriteStringValue(text)));
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(writer);
        }

        return buffer.ToArray();
    }
}
