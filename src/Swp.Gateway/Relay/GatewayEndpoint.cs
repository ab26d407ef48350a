using Swp.Cluster.Links;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>The gateway's end of the links to the owners: tells each connection what became of its frames.</summary>
internal sealed class GatewayEndpoint(
    IOwnerServices owners,
    ILocalSiloDetails local,
    ClientRelays relays,
    BatchReceiver<ClientboundFrame> receiver,
    LocalReceiver<OwnerboundFrame> here) : ILinkEndpoint<OwnerboundFrame>
{
    public Task<RelayReceipt> SendAsync(SiloAddress peer, long number, OwnerboundFrame[] frames) =>
        here.Receive is { } receive && peer.Equals(local.SiloAddress)
            ? Task.FromResult(receive(peer, number, frames))
            : owners.Get(peer).DeliverAsync(new OwnerboundBatch(local.SiloAddress, number, frames));

    public void OnDelivered(SiloAddress peer, OwnerboundFrame[] frames, RelayReceipt receipt)
    {
        var rejections = receipt.Rejections.AsSpan();
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            var relay = relays.Find(frame.ConnectionId);
            if (rejections is [{ } first, ..] && first.Index == i)
            {
                rejections = rejections[1..];
                relay?.OnRejected(frame, first.Reason);
            }
            else
            {
                relay?.OnDelivered(frame);
            }
        }
    }

    public void OnReachChanged(SiloAddress peer, PeerReach reach, OwnerboundFrame[] waiting)
    {
        if (reach != PeerReach.Unreachable)
        {
            // A silent owner may be about to be declared dead: then its clients stay connected and get another one.
            return;
        }

        // The owner lives, and other gateways reach it: its clients are sent to those. The owner hears of it when it is reached again.
        foreach (var relay in relays.All)
        {
            relay.OnOwnerUnreachable(peer);
        }
    }

    public void OnPeerLost(SiloAddress peer, OwnerboundFrame[] inDoubt, OwnerboundFrame[] unsent)
    {
        receiver.Forget(peer);

        foreach (ref readonly var frame in inDoubt.AsSpan())
        {
            relays.Find(frame.ConnectionId)?.OnInDoubt(frame);
        }

        // Each connection still has what is under way: it sends it to the next owner, in order and under the same numbers.
        foreach (var relay in relays.All)
        {
            relay.OnOwnerLost(peer);
        }
    }
}
