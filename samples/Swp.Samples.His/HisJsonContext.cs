using System.Text.Json.Serialization;

namespace Swp.Samples.His;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageQuery))]
[JsonSerializable(typeof(PageAnswer))]
internal sealed partial class HisJsonContext : JsonSerializerContext;
