namespace Swp.Cluster.Membership;

/// <summary>What the cluster's membership says of its members.</summary>
internal interface IPeers
{
    /// <summary>Whether a member is known to be dead, or is unknown even after the table was read again.</summary>
    ValueTask<bool> IsGoneAsync(SiloAddress peer, CancellationToken cancellationToken);

    /// <summary>Reads the membership table again. <see langword="false"/> when it cannot be read now.</summary>
    ValueTask<bool> TryRefreshAsync(CancellationToken cancellationToken);

    /// <summary>Whether a member is known to be dead, from what is known here now.</summary>
    bool IsKnownDead(SiloAddress peer);
}
