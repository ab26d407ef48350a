namespace Swp.Bench.Contenders;

/// <summary>Where the callers of a split cluster are.</summary>
internal enum CallerPosition
{
    /// <summary>Nowhere: the released programs alone.</summary>
    None,

    /// <summary>In one of the two owners.</summary>
    Owner,

    /// <summary>In the gateway that the clients are not connected to, where the HTTP entry calls from.</summary>
    Gateway,

    /// <summary>In a process outside the cluster.</summary>
    Backend,
}
