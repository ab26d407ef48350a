using Orleans.Runtime;
using Swp.Cluster.Links;
using Swp.Gateway.Broadcasts;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Overview;
using Swp.Gateway.Roll;
using Swp.Overview;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>This gateway, as owners and other gateways see it: hands frames to their connections, and returns without waiting for any socket.</summary>
internal sealed class GatewayService : GrainService, IGatewayService
{
    private readonly ClientRelays _relays;
    private readonly BatchReceiver<ClientboundFrame> _receiver;
    private readonly GatewayInstruments _instruments;
    private readonly OpenClients _open;
    private readonly Broadcaster _broadcaster;
    private readonly ILocalSiloDetails _self;
    private readonly GatewayReporter _reporter;

    public GatewayService(
        GrainId grainId,
        Silo silo,
        ILoggerFactory loggerFactory,
        ClientRelays relays,
        BatchReceiver<ClientboundFrame> receiver,
        LocalReceiver<ClientboundFrame> local,
        GatewayInstruments instruments,
        OpenClients open,
        Broadcaster broadcaster,
        ILocalSiloDetails self,
        GatewayReporter reporter)
        : base(grainId, silo, loggerFactory)
    {
        (_relays, _receiver, _instruments) = (relays, receiver, instruments);
        (_open, _broadcaster, _self, _reporter) = (open, broadcaster, self, reporter);
        local.Receive = Receive;
    }

    public Task<RelayReceipt> DeliverAsync(ClientboundBatch batch) => Task.FromResult(Receive(batch.Owner, batch.Number, batch.Frames));

    public Task<OpenConnections> ListAsync(string? type, ConnectionPosition after, int limit) => Task.FromResult(_open.Read(type, after, limit, _self.Name));

    public Task<OpenCount[]> CountAsync() => Task.FromResult(_open.Count());

    public Task<int> BroadcastAsync(Broadcast broadcast) => _broadcaster.SendAsync(broadcast);

    public Task<GatewayReport> ReportAsync() => Task.FromResult(_reporter.Report());

    public Task<Refusal[]> GetRefusalsAsync() => Task.FromResult(_reporter.ReadRefusals());

    private RelayReceipt Receive(SiloAddress owner, long number, ClientboundFrame[] frames) =>
        _receiver.Receive(owner, number, (Self: this, Frames: frames), static state => state.Self.Apply(state.Frames));

    private RelayReceipt Apply(ClientboundFrame[] frames)
    {
        List<Rejection>? rejections = null;
        var writers = new WriterBatch();
        try
        {
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
        }
        finally
        {
            // One that counts as being written and is not would never be again.
            writers.Flush();
        }

        return rejections is null ? RelayReceipt.AllAccepted : new RelayReceipt([.. rejections]);
    }
}
