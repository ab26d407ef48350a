using Swp.Grains.Services;
using Swp.Relay;

namespace Swp.Grains.Types;

/// <summary>A client type of this silo: its service and its limits.</summary>
internal sealed record ClientType(string Name, string DisplayName, ClientService Service, ClientTypeOptions Options)
{
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
    };
}
