namespace Swp.Cluster.Links;

/// <summary>Whether a peer answers.</summary>
internal enum PeerReach : byte
{
    /// <summary>It does, as far as is known.</summary>
    Answering,

    /// <summary>It has not for a while.</summary>
    Silent,

    /// <summary>It has not for longer than a death takes to be declared: it lives, and is not reached from here.</summary>
    Unreachable,
}
