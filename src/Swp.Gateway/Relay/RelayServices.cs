using Swp.Cluster.Links;
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
    ILogger<ClientRelay> Logger);
