using Orleans.Services;

namespace Swp.Relay;

/// <summary>A gateway, as owners see it: one per gateway member, addressed by its silo address.</summary>
[Alias("swp.IGatewayService")]
public interface IGatewayService : IGrainService
{
    /// <summary>Hands frames to their connections. Returns once each is in its connection's outgoing queue, or rejected.</summary>
    [Alias("Deliver")]
    [ResponseTimeout("00:00:05")]
    Task<RelayReceipt> DeliverAsync(ClientboundBatch batch);
}
