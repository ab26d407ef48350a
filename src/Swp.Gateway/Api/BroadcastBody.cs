using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>What a broadcast's body may say.</summary>
internal sealed record BroadcastBody
{
    /// <summary>The message: any JSON value.</summary>
    public JsonElement Data { get; init; }
}
