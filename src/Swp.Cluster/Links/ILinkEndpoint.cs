using Swp.Relay;

namespace Swp.Cluster.Links;

/// <summary>What a role does with the links it has to the members of the other role.</summary>
internal interface ILinkEndpoint<TFrame>
    where TFrame : struct, IRelayFrame
{
    /// <summary>The frames are about to leave for the first time: the last moment at which one can be held back.</summary>
    /// <returns>Those that leave, in the same order.</returns>
    TFrame[] Prepare(SiloAddress peer, TFrame[] frames) => frames;

    /// <summary>Hands a batch to the peer. Sent again with the same number when it fails and the peer lives.</summary>
    Task<RelayReceipt> SendAsync(SiloAddress peer, long number, TFrame[] frames);

    /// <summary>The peer has the batch.</summary>
    void OnDelivered(SiloAddress peer, TFrame[] frames, RelayReceipt receipt);

    /// <summary>The peer is silent, counts as unreachable, or answers again. The link goes on in any case, under the same numbers.</summary>
    /// <param name="peer">The member.</param>
    /// <param name="reach">What is known of it now.</param>
    /// <param name="waiting">The frames without a receipt: the batch under way, which may have arrived, and what waits behind it.</param>
    void OnReachChanged(SiloAddress peer, PeerReach reach, TFrame[] waiting);

    /// <summary>The peer is gone.</summary>
    /// <param name="peer">The dead member.</param>
    /// <param name="inDoubt">The batch that was under way: it may have arrived.</param>
    /// <param name="unsent">What was waiting: it has not.</param>
    void OnPeerLost(SiloAddress peer, TFrame[] inDoubt, TFrame[] unsent);
}
