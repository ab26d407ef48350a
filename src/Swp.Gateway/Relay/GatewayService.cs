using Orleans.Runtime;
using Swp.Cluster.Links;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>This gateway, as owners see it: hands frames to their connections, and returns without waiting for any socket.</summary>
internal sealed class GatewayService : GrainService, IGatewayService
{
    private readonly ClientRelays _relays;
    private readonly BatchReceiver<ClientboundFrame> _receiver;
    private readonly GatewayInstruments _instruments;

    public GatewayService(
        GrainId grainId,
        Silo silo,
        ILoggerFactory loggerFactory,
        ClientRelays relays,
        BatchReceiver<ClientboundFrame> receiver,
        LocalReceiver<ClientboundFrame> local,
        GatewayInstruments instruments)
        : base(grainId, silo, loggerFactory)
    {
        (_relays, _receiver, _instruments) = (relays, receiver, instruments);
        local.Receive = Receive;
    }

    public Task<RelayReceipt> DeliverAsync(ClientboundBatch batch) => Task.FromResult(Receive(batch.Owner, batch.Number, batch.Frames));

    private RelayReceipt Receive(SiloAddress owner, long number, ClientboundFrame[] frames) =>
        _receiver.Receive(owner, number, (Self: this, Frames: frames), static state => state.Self.Apply(state.Frames));

    private RelayReceipt Apply(ClientboundFrame[] frames)
    {
        List<Rejection>? rejections = null;
        var writers = new WriterBatch();
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            var reason = _relays.Find(frame.ConnectionId) is { } relay ? relay.Accept(frame, writers) : RejectReason.NotAttached;
            if (reason is { } why)
            {
                _instruments.RejectedFrames.Add((int)why);
                (rejections ??= []).Add(new Rejection(i, why));
            }
        }

        writers.Flush();
        return rejections is null ? RelayReceipt.AllAccepted : new RelayReceipt([.. rejections]);
    }
}
