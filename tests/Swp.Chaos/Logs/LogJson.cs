using System.Text.Json.Serialization;

namespace Swp.Chaos.Logs;

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunLog))]
internal sealed partial class LogJson : JsonSerializerContext;
