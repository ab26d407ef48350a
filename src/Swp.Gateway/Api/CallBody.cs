using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>What a call's body may say.</summary>
internal sealed record CallBody
{
    public JsonElement Data { get; init; }

    /// <summary>1 to 300,000; 10,000 when left out.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>0 to 300,000; 0 when left out.</summary>
    public int? WaitForConnectMs { get; init; }

    public bool? Idempotent { get; init; }
}
