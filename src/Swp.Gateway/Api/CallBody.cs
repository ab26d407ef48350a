using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>What a call's body may say.</summary>
internal sealed record CallBody
{
    /// <summary>What the client is asked or told: any JSON value. Left out or null: no data.</summary>
    public JsonElement Data { get; init; }

    /// <summary>How long the client has to answer, in ms: 1 to 300,000; 10,000 when left out.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>How long to wait for a client that is not connected, in ms, before the time-out starts: 0 to 300,000; 0 when left out.</summary>
    public int? WaitForConnectMs { get; init; }

    /// <summary>Whether the client may see it twice. If so it is sent again, with the same uuid, when the client comes back within the time-out.</summary>
    public bool? Idempotent { get; init; }
}
