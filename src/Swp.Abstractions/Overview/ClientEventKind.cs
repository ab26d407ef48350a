namespace Swp.Overview;

/// <summary>What has happened to a client.</summary>
[GenerateSerializer, Alias("swp.ClientEventKind")]
public enum ClientEventKind : byte
{
    /// <summary>A connection of it has opened.</summary>
    Connected,

    /// <summary>Its connection was attached to this owner, which took it over from another one.</summary>
    Moved,

    /// <summary>A connection was refused.</summary>
    Refused,

    /// <summary>A newer connection has put out the one before.</summary>
    Superseded,

    /// <summary>Its connection has ended.</summary>
    Closed,

    /// <summary>It was asked something.</summary>
    Request,

    /// <summary>It was sent a message.</summary>
    Message,

    /// <summary>Its connection was closed on demand.</summary>
    Disconnected,

    /// <summary>It was banned.</summary>
    Banned,

    /// <summary>Its ban was lifted.</summary>
    Unbanned,
}
