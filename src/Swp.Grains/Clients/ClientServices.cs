using Microsoft.Extensions.Logging;
using Swp.Cluster.Links;
using Swp.Cluster.Logging;
using Swp.Cluster.Membership;
using Swp.Grains.Diagnostics;
using Swp.Grains.Events;
using Swp.Grains.Promises;
using Swp.Grains.Storage;
using Swp.Grains.Types;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <summary>What every client's grain of a silo shares: one reference a grain instead of ten.</summary>
internal sealed record ClientServices(
    ClientTypeCatalog Types,
    ClientRecordStore Records,
    LinkTable<ClientboundFrame> Links,
    IPeers Peers,
    AttachedClients Attached,
    PromiseTable Promises,
    DeadlineWheel Deadlines,
    OwnerInstruments Instruments,
    ClientEvents Events,
    TimeProvider Time,
    ILocalSiloDetails Local,
    ILogger<ClientGrain> Logger)
{
    /// <summary>For what clients can bring about.</summary>
    public ILogger<ClientGrain> PacedLogger { get; } = new PacedLogger<ClientGrain>(Logger, Time);
}
