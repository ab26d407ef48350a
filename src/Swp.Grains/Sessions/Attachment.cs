using Swp.Cluster.Heartbeats;
using Swp.Relay;

namespace Swp.Grains.Sessions;

/// <summary>The connection that speaks for a client.</summary>
internal sealed class Attachment
{
    public required SiloAddress Gateway { get; init; }

    public required string GatewayName { get; init; }

    public required long ConnectionId { get; init; }

    public required string? RemoteAddress { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>The epoch its OPEN got: the newest OPEN wins.</summary>
    public required long OpenEpoch { get; init; }

    /// <summary>The epoch of this attachment; grows when the connection attaches again after its owner moved.</summary>
    public required long Epoch { get; init; }

    /// <summary>When its OPEN came, in this machine's uptime: which of two connections is the newer one.</summary>
    public required TimeSpan OpenedAt { get; init; }

    /// <summary>Whether the client wants its HEARTs back.</summary>
    public required bool HeartbeatReply { get; init; }

    /// <summary>The last frame that took effect.</summary>
    public long LastSequence { get; set; }

    public HeartbeatClock Heartbeats;

    /// <summary>Whether <paramref name="request"/> comes from this very connection.</summary>
    public bool IsOf(AttachRequest request) => ConnectionId == request.ConnectionId && Gateway.Equals(request.Gateway);
}
