using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Clinic.His;

/// <summary>Writes a time as <see cref="ClinicTime.Format"/>.</summary>
internal sealed class ClinicTimeConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ClinicTime.TryParse(reader.GetString(), out var time) ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(ClinicTime.ToText(value));
}
