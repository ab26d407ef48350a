using Orleans.Services;
using Swp.Clients;
using Swp.Overview;

namespace Swp.Relay;

/// <summary>An owner, as gateways see it: one per owner member, addressed by its silo address.</summary>
[Alias("swp.IOwnerService")]
public interface IOwnerService : IGrainService
{
    /// <summary>Hands frames to the sessions they belong to. Returns once each has been taken over, or rejected.</summary>
    [Alias("Deliver")]
    [ResponseTimeout("00:00:05")]
    Task<RelayReceipt> DeliverAsync(OwnerboundBatch batch);

    /// <summary>The client types this owner serves.</summary>
    [Alias("GetClientTypes")]
    [ResponseTimeout("00:00:05")]
    Task<ClientTypeDescription[]> GetClientTypesAsync();

    /// <summary>What it is and has counted.</summary>
    [Alias("Report")]
    [ResponseTimeout("00:00:05")]
    Task<OwnerReport> ReportAsync();

    /// <summary>What has happened here to a client lately.</summary>
    /// <param name="client">The client.</param>
    /// <param name="limit">The most to return.</param>
    [Alias("GetHistory")]
    [ResponseTimeout("00:00:05")]
    Task<ClientHistory> GetHistoryAsync(ClientKey client, int limit);
}
