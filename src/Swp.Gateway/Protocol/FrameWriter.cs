using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swp.Gateway.Protocol;

/// <summary>Writes a message of <c>swp.v1</c>. The payload goes out byte for byte; Chinese stays readable, as the older generation sent it.</summary>
internal static class FrameWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText Msg = JsonEncodedText.Encode("msg");
    private static readonly JsonEncodedText SessionTypeName = JsonEncodedText.Encode("sessionType");
    private static readonly JsonEncodedText SessionTime = JsonEncodedText.Encode("sessionTime");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    private static readonly JsonEncodedText Uuid = JsonEncodedText.Encode("uuid");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    private static readonly JsonEncodedText Retryable = JsonEncodedText.Encode("retryable");
    private static readonly JsonEncodedText RetryAfterMs = JsonEncodedText.Encode("retryAfterMs");
    private static readonly JsonEncodedText Success = JsonEncodedText.Encode("0");
    private static readonly JsonEncodedText Heart = JsonEncodedText.Encode("0000");
    private static readonly JsonEncodedText Open = JsonEncodedText.Encode("0001");
    private static readonly JsonEncodedText Server = JsonEncodedText.Encode("0002");
    private static readonly JsonEncodedText Client = JsonEncodedText.Encode("0003");

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary><c>{"code","msg"?,"sessionType","sessionTime","data"?,"uuid"?,"error"?}</c></summary>
    /// <param name="frame">What is said.</param>
    /// <param name="sessionTime">The server's clock, ms since the Unix epoch.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(in OutboundFrame frame, long sessionTime, IBufferWriter<byte> output)
    {
        var writer = t_writer ??= new Utf8JsonWriter(output, Options);
        writer.Reset(output);
        writer.WriteStartObject();
        if (frame.Code == "0")
        {
            writer.WriteString(Code, Success);
        }
        else
        {
            writer.WriteString(Code, frame.Code);
        }

        if (frame.Message is not null)
        {
            writer.WriteString(Msg, frame.Message);
        }

        WriteSessionType(writer, frame);
        writer.WriteNumber(SessionTime, sessionTime);
        if (!frame.Data.IsNone)
        {
            writer.WritePropertyName(Data);
            writer.WriteRawValue(frame.Data.Utf8.Span, skipInputValidation: true);
        }

        if (frame.Uuid is not null)
        {
            writer.WriteString(Uuid, frame.Uuid);
        }

        if (frame.Error is { } error)
        {
            writer.WriteStartObject(Error);
            writer.WriteString(Code, error.Code);
            writer.WriteBoolean(Retryable, error.Retryable);
            if (error.RetryAfterMs is { } after)
            {
                writer.WriteNumber(RetryAfterMs, after);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
    }

    private static void WriteSessionType(Utf8JsonWriter writer, in OutboundFrame frame)
    {
        switch (frame.Type)
        {
            case SessionType.Heart:
                writer.WriteString(SessionTypeName, Heart);
                break;
            case SessionType.Open:
                writer.WriteString(SessionTypeName, Open);
                break;
            case SessionType.Server:
                writer.WriteString(SessionTypeName, Server);
                break;
            case SessionType.Client:
                writer.WriteString(SessionTypeName, Client);
                break;
            default:
                writer.WriteString(SessionTypeName, frame.UnknownType);
                break;
        }
    }
}
