using System.Text.Json.Serialization;

namespace Swp.Clinic.His;

/// <summary>What a hospital system sends and gets, and the data that ships.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HisQuery))]
[JsonSerializable(typeof(HisAnswer))]
[JsonSerializable(typeof(Item[]))]
internal sealed partial class HisJsonContext : JsonSerializerContext;
