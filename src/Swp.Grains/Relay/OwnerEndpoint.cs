using Swp.Cluster.Links;
using Swp.Grains.Clients;
using Swp.Grains.Promises;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Relay;

/// <summary>The owner's end of the links to the gateways: keeps every promise up to date with what became of its frame.</summary>
internal sealed class OwnerEndpoint(
    GatewayServiceClient gateways,
    ILocalSiloDetails local,
    PromiseTable promises,
    AttachedClients attached,
    BatchReceiver<OwnerboundFrame> receiver,
    LocalReceiver<ClientboundFrame> here) : ILinkEndpoint<ClientboundFrame>
{
    // A request whose caller was told that it was not sent stays here.
    public ClientboundFrame[] Prepare(SiloAddress peer, ClientboundFrame[] frames)
    {
        var leaving = 0;
        foreach (var frame in frames)
        {
            if (!CarriesPromise(frame) || (promises.TryGet(frame.Uuid, out var promise) && promise.TrySending(frame.Epoch)))
            {
                frames[leaving++] = frame;
            }
        }

        return leaving == frames.Length ? frames : frames[..leaving];
    }

    public Task<RelayReceipt> SendAsync(SiloAddress peer, long number, ClientboundFrame[] frames) =>
        here.Receive is { } receive && peer.Equals(local.SiloAddress)
            ? Task.FromResult(receive(peer, number, frames))
            : gateways.Get(peer).DeliverAsync(new ClientboundBatch(local.SiloAddress, number, frames));

    public void OnDelivered(SiloAddress peer, ClientboundFrame[] frames, RelayReceipt receipt)
    {
        var rejections = receipt.Rejections.AsSpan();
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            if (rejections is [{ } first, ..] && first.Index == i)
            {
                rejections = rejections[1..];
                OnRejected(peer, frame, first.Reason);
            }
            else if (CarriesPromise(frame) && promises.TryGet(frame.Uuid, out var promise))
            {
                if (frame.Kind == ClientboundKind.Message)
                {
                    promise.OnDelivered();
                }
                else
                {
                    promise.OnArrived(frame.Epoch);
                }
            }
        }
    }

    public void OnReachChanged(SiloAddress peer, PeerReach reach, ClientboundFrame[] waiting)
    {
        // Nothing when it answers again: then there are none.
        foreach (ref readonly var frame in waiting.AsSpan())
        {
            if (CarriesPromise(frame) && promises.TryGet(frame.Uuid, out var promise))
            {
                promise.OnGatewaySilent(frame.Epoch);
            }
        }
    }

    public void OnPeerLost(SiloAddress peer, ClientboundFrame[] inDoubt, ClientboundFrame[] unsent)
    {
        receiver.Forget(peer);
        Settle(inDoubt, inDoubt: true);
        Settle(unsent, inDoubt: false);

        // The rest was delivered: each client detaches in a turn of its own, which settles what waits for it.
        foreach (var client in attached.Take(peer))
        {
            client.Post(Ended(client.ConnectionId, client.Epoch));
        }
    }

    private static OwnerboundFrame Ended(long connectionId, long epoch) => new()
    {
        ConnectionId = connectionId,
        Epoch = epoch,
        Kind = OwnerboundKind.Closed,
        Code = "0",
        CloseCode = CloseCode.Normal,
    };

    private static bool CarriesPromise(in ClientboundFrame frame) => frame.Kind is ClientboundKind.Request or ClientboundKind.Message;

    private void OnRejected(SiloAddress peer, in ClientboundFrame frame, RejectReason reason)
    {
        if (CarriesPromise(frame) && promises.TryGet(frame.Uuid, out var promise))
        {
            switch (reason)
            {
                case RejectReason.NotAttached:
                    promise.OnRejected(frame.Epoch);
                    break;
                case RejectReason.Seen:
                    promise.OnSeen(frame.Epoch);
                    break;
                default:
                    promise.OnRefused(frame.Epoch, stale: reason == RejectReason.StaleEpoch);
                    break;
            }
        }

        if (frame.Kind == ClientboundKind.Answer && reason == RejectReason.StaleEpoch && attached.Of(peer).TryGetValue(frame.ConnectionId, out var asker))
        {
            // The connection was attached again while it was on its way.
            asker.Repeat(frame);
        }

        // The gateway does not hold the connection any more and its farewell was lost.
        if (reason == RejectReason.NotAttached && attached.Of(peer).TryGetValue(frame.ConnectionId, out var client) && client.Epoch == frame.Epoch)
        {
            client.Post(Ended(frame.ConnectionId, frame.Epoch));
        }
    }

    private void Settle(ClientboundFrame[] frames, bool inDoubt)
    {
        foreach (ref readonly var frame in frames.AsSpan())
        {
            if (CarriesPromise(frame) && promises.TryGet(frame.Uuid, out var promise))
            {
                promise.OnGatewayLost(frame.Epoch, inDoubt);
            }
        }
    }
}
