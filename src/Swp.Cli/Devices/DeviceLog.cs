using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Swp.Cli.Output;
using Swp.Cluster.Logging;
using Swp.Devices;

namespace Swp.Cli.Devices;

/// <summary>Prints what a client sees, a line for each: for people, or JSON for programs.</summary>
internal sealed class DeviceLog(CliConsole console, bool json)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The server asks, or tells.</summary>
    public void Asked(Frame question) => Print("call", question.Uuid, null, null, question.Data);

    /// <summary>The answer that goes to the server.</summary>
    public void Answered(Frame question, Reply reply) => Print("answered", question.Uuid, reply.Code, reply.Message, reply.Data);

    /// <summary>What the server is asked.</summary>
    public void Query(JsonElement data) => Print("query", null, null, null, data);

    /// <summary>What the server answers.</summary>
    public void Reply(Frame answer) => Print("reply", answer.Uuid, answer.Code ?? Frame.Success, answer.Msg, answer.Data);

    /// <summary>Why no answer comes.</summary>
    public void NoReply(string why) => Print("no-reply", null, null, why, null);

    /// <summary>It is connected.</summary>
    public void Opened()
    {
        if (json)
        {
            Print("opened", null, null, null, null);
        }
    }

    /// <summary>A connection has ended, or did not come about.</summary>
    public void Closed(ConnectionEnd end)
    {
        if (json)
        {
            Print("closed", null, end.CloseCode?.ToString(CultureInfo.InvariantCulture), end.Reason, null);
        }
    }

    private void Print(string what, string? uuid, string? code, string? message, JsonElement? data)
    {
        if (!json)
        {
            var parts = (string?[])[Moments.Show(console.Time.GetUtcNow()), what, uuid, code is null or Frame.Success ? null : $"code {code}", message, Text(data)];
            console.WriteLine(SafeText.Of(string.Join("  ", parts.Where(part => part is not null))));
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            writer.WriteString("at", console.Time.GetUtcNow().UtcDateTime);
            writer.WriteString("event", what);
            WriteUnlessNull(writer, "uuid", uuid);
            WriteUnlessNull(writer, "code", code);
            WriteUnlessNull(writer, "msg", message);
            if (data is { } value)
            {
                writer.WritePropertyName("data");
                writer.WriteRawValue(value.GetRawText());
            }

            writer.WriteEndObject();
        }

        console.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    // What the server originates may be JSON inside a string, which is hard to read.
    private static string? Text(JsonElement? data) => data is { } value ? Payload.Unwrap(value).GetRawText() : null;

    private static void WriteUnlessNull(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
