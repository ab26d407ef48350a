namespace Swp.Protocol;

/// <summary>
/// Why the server closes a connection. 4000 to 4499: the client reconnects, with a full-jitter back-off that is reset only once OPEN
/// succeeded. 4500 to 4999: it does not. Codes below 4000 are those of RFC 6455.
/// </summary>
public enum CloseCode : ushort
{
    /// <summary>The peer closed, or there is nothing to say.</summary>
    Normal = 1000,

    /// <summary>A binary message.</summary>
    UnsupportedData = 1003,

    /// <summary>Not JSON, not an object, too deep, not UTF-8.</summary>
    InvalidPayload = 1007,

    /// <summary>A message over the limit.</summary>
    MessageTooBig = 1009,

    /// <summary>No message of any kind for the idle time.</summary>
    HeartbeatTimeout = 4001,

    /// <summary>The client does not read what it is sent.</summary>
    SlowConsumer = 4002,

    /// <summary>The node is going away: reconnect now.</summary>
    Draining = 4003,

    /// <summary>The client's owner cannot be reached.</summary>
    OwnerUnavailable = 4004,

    /// <summary>More messages or bytes than allowed, for long.</summary>
    RateLimited = 4005,

    /// <summary>The token expired.</summary>
    TokenExpired = 4006,

    /// <summary>A fault of the server.</summary>
    InternalError = 4007,

    /// <summary>Heartbeats closer together than allowed.</summary>
    HeartbeatTooFrequent = 4008,

    /// <summary>No such client type.</summary>
    UnknownClientType = 4500,

    /// <summary>The token, or the service's own check, refused the client.</summary>
    Unauthorized = 4501,

    /// <summary>The same client opened a newer connection.</summary>
    Superseded = 4502,

    /// <summary>A page of a foreign origin.</summary>
    ForbiddenOrigin = 4504,

    /// <summary>The client is banned.</summary>
    Banned = 4505,

    /// <summary>An operator or a service disconnected the client.</summary>
    DisconnectedByServer = 4506,

    /// <summary>The client broke the protocol.</summary>
    ProtocolError = 4507,

    /// <summary>No OPEN in time, or something else before it.</summary>
    NotOpened = 4508,
}
