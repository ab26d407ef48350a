using Swp.Clients;

namespace Swp.Gateway.Protocol;

/// <summary>A message of a client, read.</summary>
internal readonly record struct InboundFrame
{
    /// <summary>What it is about.</summary>
    public SessionType Type { get; init; }

    /// <summary>The session type as it came, when it is unknown; shortened.</summary>
    public string? UnknownType { get; init; }

    /// <summary>Correlation id, as a string even when it came as a number.</summary>
    public string? Uuid { get; init; }

    /// <summary><c>"0"</c> for success, which is also what an absent code means.</summary>
    public string Code { get; init; }

    /// <summary>Human-readable status.</summary>
    public string? Message { get; init; }

    /// <summary>The payload, byte for byte.</summary>
    public JsonPayload Data { get; init; }
}
