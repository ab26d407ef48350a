using System.Text.Json.Serialization;

namespace Swp.Samples.Caller;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallConfirmation))]
internal sealed partial class CallJsonContext : JsonSerializerContext;
