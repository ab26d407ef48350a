using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Swp.Clients;

namespace Swp.Gateway.Protocol;

/// <summary>
/// Reads a message of <c>swp.v1</c>. A pure function of bytes: it never throws, and allocates nothing but what it returns. Members come in any
/// order, unknown ones are ignored, the last of a repeated one counts.
/// </summary>
internal static class FrameReader
{
    /// <summary>Deepest nesting of objects and arrays, the message's own object included.</summary>
    public const int MaxDepth = 64;

    /// <summary>Longest uuid, in characters.</summary>
    public const int MaxUuidLength = 64;

    /// <summary>Longest code, in characters: the protocol's own are one or two.</summary>
    public const int MaxCodeLength = 64;

    /// <summary>How much of an unknown session type is sent back, in characters.</summary>
    private const int MaxUnknownTypeLength = 16;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one message.</summary>
    /// <param name="utf8">The whole message. The frame's payload is a copy.</param>
    /// <param name="frame">The message read.</param>
    /// <param name="fault">Why it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out InboundFrame frame, out FrameFault fault)
    {
        frame = default;
        fault = FrameFault.NotAnObject;
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            fault = ReadMembers(ref reader, utf8, out frame);
            if (reader.Read())
            {
                // More than one value; the reader has already refused anything else.
                fault = FrameFault.NotAnObject;
            }
        }
        catch (JsonException)
        {
            fault = FrameFault.NotAnObject;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that an escaped string is half a surrogate pair.
            fault = FrameFault.NotAnObject;
        }

        return fault == FrameFault.None;
    }

    private static FrameFault ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, out InboundFrame frame)
    {
        var type = (SessionType?)null;
        string? unknownType = null, uuid = null, code = null, message = null;
        byte[]? data = null;
        FrameFault uuidFault = FrameFault.None, codeFault = FrameFault.None, messageFault = FrameFault.None;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sessionType"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    type = ReadSessionType(ref reader, out unknownType);
                }
                else
                {
                    type = null;
                    reader.Skip();
                }
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                data = ReadRaw(ref reader, utf8);
            }
            else if (reader.ValueTextEquals("uuid"u8))
            {
                uuidFault = ReadScalar(ref reader, MaxUuidLength, FrameFault.BadUuid, out uuid);
            }
            else if (reader.ValueTextEquals("code"u8))
            {
                codeFault = ReadScalar(ref reader, MaxCodeLength, FrameFault.BadStatus, out code);
            }
            else if (reader.ValueTextEquals("msg"u8))
            {
                messageFault = ReadScalar(ref reader, int.MaxValue, FrameFault.BadStatus, out message);
            }
            else
            {
                reader.Skip();
            }
        }

        frame = new InboundFrame
        {
            Type = type ?? SessionType.Unknown,
            UnknownType = unknownType,
            Uuid = uuid,
            Code = code ?? "0",
            Message = message,
            Data = JsonPayload.FromValidated(data),
        };
        return type is null ? FrameFault.NoSessionType
            : uuidFault != FrameFault.None ? uuidFault
            : codeFault != FrameFault.None ? codeFault
            : messageFault;
    }

    private static SessionType ReadSessionType(ref Utf8JsonReader reader, out string? unknown)
    {
        unknown = null;
        if (reader.ValueTextEquals("0003"u8))
        {
            return SessionType.Client;
        }

        if (reader.ValueTextEquals("0002"u8))
        {
            return SessionType.Server;
        }

        if (reader.ValueTextEquals("0000"u8))
        {
            return SessionType.Heart;
        }

        if (reader.ValueTextEquals("0001"u8))
        {
            return SessionType.Open;
        }

        var text = reader.GetString()!;
        unknown = text.Length <= MaxUnknownTypeLength ? text
            : char.IsHighSurrogate(text[MaxUnknownTypeLength - 1]) ? text[..(MaxUnknownTypeLength - 1)]
            : text[..MaxUnknownTypeLength];
        return SessionType.Unknown;
    }

    // "data": null means no data, as it did for the older generation.
    private static byte[]? ReadRaw(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return utf8[start..(int)reader.BytesConsumed].ToArray();
    }

    private static FrameFault ReadScalar(ref Utf8JsonReader reader, int maxLength, FrameFault fault, out string? value)
    {
        value = null;
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return FrameFault.None;
            case JsonTokenType.String:
                value = reader.GetString();
                break;
            case JsonTokenType.Number:
                value = Encoding.UTF8.GetString(reader.ValueSpan);
                break;
            default:
                reader.Skip();
                return fault;
        }

        return value!.Length <= maxLength ? FrameFault.None : fault;
    }
}
