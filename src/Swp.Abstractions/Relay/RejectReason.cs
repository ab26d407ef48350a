namespace Swp.Relay;

/// <summary>Why a relayed frame had no effect.</summary>
[GenerateSerializer, Alias("swp.RejectReason")]
public enum RejectReason : byte
{
    /// <summary>The gateway has no such connection, or the owner no such attachment.</summary>
    NotAttached = 0,

    /// <summary>The frame's epoch is not the present one.</summary>
    StaleEpoch = 1,

    /// <summary>The connection's outgoing queue is full; it is being closed.</summary>
    Overflow = 2,

    /// <summary>The client was given the request before, and nothing more will come of it.</summary>
    Seen = 3,

    /// <summary>The connection is about to be closed and takes no more requests.</summary>
    Retiring = 4,
}
