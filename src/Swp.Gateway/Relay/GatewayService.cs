using Orleans.Runtime;
using Swp.Cluster.Links;
using Swp.Gateway.Diagnostics;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>This gateway, as owners see it: hands frames to their connections, and returns without waiting for any socket.</summary>
internal sealed class GatewayService(
    GrainId grainId,
    Silo silo,
    ILoggerFactory loggerFactory,
    ClientRelays relays,
    BatchReceiver<ClientboundFrame> receiver,
    GatewayInstruments instruments) : GrainService(grainId, silo, loggerFactory), IGatewayService
{
    public Task<RelayReceipt> DeliverAsync(ClientboundBatch batch) =>
        Task.FromResult(receiver.Receive(batch.Owner, batch.Number, (Self: this, Batch: batch), static state => state.Self.Apply(state.Batch.Frames)));

    private RelayReceipt Apply(ClientboundFrame[] frames)
    {
        List<Rejection>? rejections = null;
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            var reason = relays.Find(frame.ConnectionId) is { } relay ? relay.Accept(frame) : RejectReason.NotAttached;
            if (reason is { } why)
            {
                (rejections ??= []).Add(new Rejection(i, why));
            }
        }

        if (rejections is null)
        {
            return RelayReceipt.AllAccepted;
        }

        instruments.StaleFrames.Add(rejections.Count);
        return new RelayReceipt([.. rejections]);
    }
}
