namespace Swp.Bench.Node;

/// <summary>Where the callers are, or the clients without sockets.</summary>
internal enum NodeRole
{
    /// <summary>In an owner: as <c>Swp.Silo</c>.</summary>
    Owner,

    /// <summary>In a gateway: as <c>Swp.Gateway</c>, and as its HTTP entry calls.</summary>
    Gateway,

    /// <summary>In a process outside the cluster, through <c>ISwpClients</c>.</summary>
    Backend,
}
