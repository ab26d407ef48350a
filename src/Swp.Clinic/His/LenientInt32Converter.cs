using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Clinic.His;

/// <summary>
/// Reads a whole number or its text; empty text is no number. A value too large for the type is read as the largest or smallest there is, so that
/// the check of the range reports it and not the parser.
/// </summary>
internal sealed class LenientInt32Converter : JsonConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => ToInt32(number),
        JsonTokenType.String => Parse(LenientText.Read(ref reader)),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static int? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? ToInt32(number) : throw new JsonException();
    }

    private static int ToInt32(decimal number) =>
        decimal.IsInteger(number) ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : throw new JsonException();
}
