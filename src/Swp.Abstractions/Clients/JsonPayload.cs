using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swp.Clients;

/// <summary>
/// One JSON value as the UTF-8 bytes it was sent as. The cluster relays it byte for byte and never encodes it again.
/// </summary>
[GenerateSerializer, Immutable, Alias("swp.JsonPayload")]
public readonly struct JsonPayload
{
    private static readonly JsonSerializerOptions WebOptions = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Id(0)]
    private readonly byte[]? _utf8;

    private JsonPayload(byte[]? utf8) => _utf8 = utf8;

    /// <summary>No value at all (the member <c>data</c> is left out).</summary>
    public static JsonPayload None => default;

    /// <summary>Whether there is no value.</summary>
    public bool IsNone => _utf8 is null;

    /// <summary>The value's UTF-8 bytes; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8;

    /// <summary>The size in bytes.</summary>
    public int Length => _utf8?.Length ?? 0;

    /// <summary>Wraps bytes that are known to be one valid JSON value. They must not change afterwards.</summary>
    public static JsonPayload FromValidated(byte[]? utf8) => new(utf8);

    /// <summary>Checks that <paramref name="json"/> is one JSON value and wraps its bytes.</summary>
    /// <exception cref="JsonException"><paramref name="json"/> is not one JSON value.</exception>
    public static JsonPayload Parse(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        reader.Skip();
        if (reader.Read())
        {
            throw new JsonException("More than one JSON value.");
        }

        return new(bytes);
    }

    /// <summary>Serialises <paramref name="value"/> with the web defaults (camel case), or with <paramref name="options"/>.</summary>
    public static JsonPayload From<T>(T value, JsonSerializerOptions? options = null) => value switch
    {
        JsonPayload payload => payload,
        null => None,
        _ => new(JsonSerializer.SerializeToUtf8Bytes(value, options ?? WebOptions)),
    };

    /// <summary>
    /// Reads the value as <typeparamref name="T"/>. A JSON string that itself holds JSON text is unwrapped first, unless
    /// <typeparamref name="T"/> is <see cref="string"/>: clients of the older generation send both forms.
    /// </summary>
    /// <exception cref="JsonException">There is no value, or it is no <typeparamref name="T"/>.</exception>
    public T Read<T>(JsonSerializerOptions? options = null)
    {
        options ??= WebOptions;
        if (_utf8 is null)
        {
            throw new JsonException("The message carries no data.");
        }

        if (typeof(T) != typeof(string) && TryUnwrap(out var text))
        {
            return JsonSerializer.Deserialize<T>(text, options) ?? throw new JsonException("The data is null.");
        }

        return JsonSerializer.Deserialize<T>(_utf8, options) ?? throw new JsonException("The data is null.");
    }

    /// <summary>The JSON text.</summary>
    public override string ToString() => _utf8 is null ? "" : Encoding.UTF8.GetString(_utf8);

    private bool TryUnwrap([NotNullWhen(true)] out string? text)
    {
        text = null;
        var reader = new Utf8JsonReader(_utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // The reader's way to say that an escape is half a surrogate pair.
            throw new JsonException("The data is no valid text.", e);
        }

        return text.AsSpan().TrimStart() is ['{' or '[', ..];
    }
}
