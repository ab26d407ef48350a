using Swp.Cluster.Limits;
using Swp.Grains.Services;
using Swp.Relay;

namespace Swp.Grains.Types;

/// <summary>A client type of this silo: its service and its limits.</summary>
internal sealed record ClientType(string Name, string DisplayName, ClientService Service, ClientTypeOptions Options)
{
    private ClientRates? _rates;

    /// <summary>How much one client may send.</summary>
    public ClientRates Rates => _rates ??= ClientRates.Of(Describe());

    /// <summary>Whether the server's own payloads are written as the JSON values they are.</summary>
    public bool RawJson => Options.PayloadStyle == PayloadStyle.Json;

    /// <summary>What gateways need to know of it.</summary>
    public ClientTypeDescription Describe() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        MaxMessageBytes = Options.MaxMessageBytes,
        OpenTimeout = Options.OpenTimeout,
        IdleTimeout = Options.IdleTimeout,
        MinHeartbeatInterval = Options.MinHeartbeatInterval,
        OutboundBufferBytes = Options.OutboundBufferBytes,
        RawJson = RawJson,
        MaxPendingRequests = Options.MaxPendingRequests,
        MaxConcurrentQueries = Options.MaxConcurrentQueries,
        MaxQueuedQueries = Options.MaxQueuedQueries,
        QueryTimeout = Options.QueryTimeout,
        RequiresToken = Options.Authentication == ClientAuthentication.Token,
        MessagesPerSecond = Options.MessagesPerSecond,
        MessageBurst = Options.MessageBurst > 0 ? Options.MessageBurst : Options.MessagesPerSecond,
        BytesPerSecond = Options.BytesPerSecond,
        ByteBurst = Options.ByteBurst > 0 || Options.BytesPerSecond == 0 ? Options.ByteBurst : Math.Max(Options.BytesPerSecond, Options.MaxMessageBytes),
        OverLimitTimeout = Options.OverLimitTimeout,
    };
}
