using System.Text.Json;
using System.Text.Json.Serialization;

namespace Swp.Cli.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BroadcastAnswer))]
[JsonSerializable(typeof(CallAnswer))]
[JsonSerializable(typeof(ClientPage))]
[JsonSerializable(typeof(ClientStatus))]
[JsonSerializable(typeof(ClientTypes))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(ConnectedClient))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;
