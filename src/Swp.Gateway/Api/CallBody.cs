using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>What a call's body may say.</summary>
internal sealed record CallBody
{
    public JsonElement Data { get; init; }

    /// <summary>1 to 300,000.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    /// <summary>0 to 300,000.</summary>
    public int WaitForConnectMs { get; init; }

    public bool Idempotent { get; init; }
}
