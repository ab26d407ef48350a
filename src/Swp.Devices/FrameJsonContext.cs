using System.Text.Json.Serialization;

namespace Swp.Devices;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Frame))]
[JsonSerializable(typeof(OpenData))]
internal sealed partial class FrameJsonContext : JsonSerializerContext;
