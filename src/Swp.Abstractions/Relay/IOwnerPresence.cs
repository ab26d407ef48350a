namespace Swp.Relay;

/// <summary>Whether the cluster has members that own clients, as a member sees it. A process outside the cluster has no such view.</summary>
internal interface IOwnerPresence
{
    /// <summary>Whether any is there. One that is going away does not count: soon it takes no new requests.</summary>
    bool Any { get; }
}
