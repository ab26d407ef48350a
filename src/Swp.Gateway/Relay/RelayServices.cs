using Swp.Cluster.Links;
using Swp.Cluster.Logging;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Roll;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>What every relay of a gateway shares.</summary>
internal sealed record RelayServices(
    IGrainFactory Grains,
    ILocalSiloDetails Local,
    LinkTable<OwnerboundFrame> Links,
    ClientRelays Relays,
    ReattachQueue Reattach,
    RefusedOpens Refused,
    GatewayInstruments Instruments,
    OpenClients Open,
    TimeProvider Time,
    ILogger<ClientRelay> Logger)
{
    /// <summary>Where it is said what went wrong. Paced: clients can bring most of it about.</summary>
    public ILogger<ClientRelay> Logger { get; } = new PacedLogger<ClientRelay>(Logger, Time);
}
