using System.Text.Json;
using System.Text.Json.Serialization;
using Swp.Gateway.Overview;

namespace Swp.Gateway.Api;

/// <summary>The API's JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BanBody))]
[JsonSerializable(typeof(BroadcastAnswerBody))]
[JsonSerializable(typeof(BroadcastBody))]
[JsonSerializable(typeof(CallBody))]
[JsonSerializable(typeof(CallerCallBody))]
[JsonSerializable(typeof(ClientEventListBody))]
[JsonSerializable(typeof(ClientPageBody))]
[JsonSerializable(typeof(ClientStatusBody))]
[JsonSerializable(typeof(ClientTypesBody))]
[JsonSerializable(typeof(OverviewBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(RefusalListBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
