using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Chaos.Clients;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OpenBody))]
[JsonSerializable(typeof(string))]
internal sealed partial class ClientJson : JsonSerializerContext;
