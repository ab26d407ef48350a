using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Bench.Control;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CallRunRequest))]
[JsonSerializable(typeof(CallRunResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
