using Swp.Clients;
using Swp.Protocol;

namespace Swp.Gateway.Protocol;

/// <summary>A message to a client.</summary>
internal readonly record struct OutboundFrame
{
    public required SessionType Type { get; init; }

    /// <summary>The session type to send back when the client's own is unknown.</summary>
    public string? UnknownType { get; init; }

    public string? Uuid { get; init; }

    public required string Code { get; init; }

    public string? Message { get; init; }

    public JsonPayload Data { get; init; }

    public ErrorDetail? Error { get; init; }

    /// <summary>Whether <see cref="Data"/> is the whole message: encoded once for many connections.</summary>
    public bool IsEncoded { get; init; }
}
