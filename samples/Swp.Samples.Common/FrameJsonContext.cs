using System.Text.Json.Serialization;

namespace Swp.Samples.Common;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Frame))]
[JsonSerializable(typeof(OpenData))]
internal sealed partial class FrameJsonContext : JsonSerializerContext;
