using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Swp.Gateway.Api;

/// <summary>The API's JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BanBody))]
[JsonSerializable(typeof(CallBody))]
[JsonSerializable(typeof(CallerCallBody))]
[JsonSerializable(typeof(ClientStatusBody))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
