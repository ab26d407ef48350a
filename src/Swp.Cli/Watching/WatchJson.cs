using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Cli.Watching;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WatchFrame))]
internal sealed partial class WatchJson : JsonSerializerContext;
