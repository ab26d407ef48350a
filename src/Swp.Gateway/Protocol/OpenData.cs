using System.Text;
using System.Text.Json;
using Swp.Clients;

namespace Swp.Gateway.Protocol;

/// <summary>The <c>data</c> of an OPEN: an object, or a string holding one.</summary>
internal readonly record struct OpenData
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = FrameReader.MaxDepth };

    public required string ClientId { get; init; }

    public string? Token { get; init; }

    public bool HeartbeatReply { get; init; }

    /// <summary>The object itself, out of its string if it came in one.</summary>
    public JsonPayload Object { get; init; }

    /// <summary>Reads it. Never throws.</summary>
    public static bool TryRead(JsonPayload data, out OpenData open)
    {
        open = default;
        if (data.IsNone)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(data.Utf8.Span, Strict);
            reader.Read();
            return reader.TokenType switch
            {
                JsonTokenType.StartObject => TryReadObject(data.Utf8.ToArray(), out open),
                JsonTokenType.String => TryReadObject(Encoding.UTF8.GetBytes(reader.GetString()!), out open),
                _ => false,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryReadObject(byte[] utf8, out OpenData open)
    {
        open = default;
        string? clientId = null, token = null;
        var heartbeatReply = false;
        var reader = new Utf8JsonReader(utf8, Strict);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("clientId"u8))
            {
                reader.Read();
                clientId = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => null,
                };
                reader.Skip();
            }
            else if (reader.ValueTextEquals("token"u8))
            {
                reader.Read();
                token = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("heartbeatReply"u8))
            {
                reader.Read();
                heartbeatReply = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Read() || !ClientKey.IsValidId(clientId))
        {
            return false;
        }

        open = new OpenData { ClientId = clientId, Token = token, HeartbeatReply = heartbeatReply, Object = JsonPayload.FromValidated(utf8) };
        return true;
    }
}
