using Swp.Grains.Services;
using Swp.Relay;

namespace Swp.Grains.Types;

/// <summary>A client type of this silo: its service and its limits.</summary>
internal sealed record ClientType(string Name, string DisplayName, ClientService Service, ClientTypeOptions Options)
{
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
        RawJson = Options.PayloadStyle == PayloadStyle.Json,
        RequiresToken = Options.Authentication == ClientAuthentication.Token,
    };
}
