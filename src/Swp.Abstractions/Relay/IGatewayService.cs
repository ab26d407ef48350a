using Orleans.Services;
using Swp.Overview;

namespace Swp.Relay;

/// <summary>A gateway, as owners and other gateways see it: one per gateway member, addressed by its silo address.</summary>
[Alias("swp.IGatewayService")]
public interface IGatewayService : IGrainService
{
    /// <summary>Hands frames to their connections. Returns once each is in its connection's outgoing queue, or rejected.</summary>
    [Alias("Deliver")]
    [ResponseTimeout("00:00:05")]
    Task<RelayReceipt> DeliverAsync(ClientboundBatch batch);

    /// <summary>The next connections of this gateway that are open, in an order that does not change while they are.</summary>
    /// <param name="type">Only of this type; <see langword="null"/> for all.</param>
    /// <param name="after">Where the last page ended; <see langword="default"/> for the first one.</param>
    /// <param name="limit">The most to return.</param>
    [Alias("List")]
    [ResponseTimeout("00:00:05")]
    Task<OpenConnections> ListAsync(string? type, ConnectionPosition after, int limit);

    /// <summary>How many connections of each type are open here.</summary>
    [Alias("Count")]
    [ResponseTimeout("00:00:05")]
    Task<OpenCount[]> CountAsync();

    /// <summary>Hands one message to every open connection of a type. Returns once it is in their outgoing queues.</summary>
    /// <returns>How many have it.</returns>
    [Alias("Broadcast")]
    [ResponseTimeout("00:00:30")]
    Task<int> BroadcastAsync(Broadcast broadcast);

    /// <summary>What it is and has counted.</summary>
    [Alias("Report")]
    [ResponseTimeout("00:00:05")]
    Task<GatewayReport> ReportAsync();

    /// <summary>Who was refused here lately.</summary>
    [Alias("GetRefusals")]
    [ResponseTimeout("00:00:05")]
    Task<Refusal[]> GetRefusalsAsync();
}
