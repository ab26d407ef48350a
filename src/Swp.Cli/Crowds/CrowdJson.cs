using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Cli.Crowds;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(CrowdScript))]
[JsonSerializable(typeof(CrowdSummary))]
internal sealed partial class CrowdJson : JsonSerializerContext;
