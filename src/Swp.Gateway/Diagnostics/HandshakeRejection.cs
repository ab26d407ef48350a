namespace Swp.Gateway.Diagnostics;

/// <summary>Why a handshake was refused with an HTTP status.</summary>
internal enum HandshakeRejection : byte
{
    /// <summary>It is no WebSocket handshake.</summary>
    NotWebSocket,

    /// <summary>The gateway drains, or reaches no owner.</summary>
    NotReady,

    /// <summary>The gateway holds as many connections as it may.</summary>
    TooManyConnections,

    /// <summary>As many of its connections as may have not said OPEN.</summary>
    TooManyUnopened,

    /// <summary>The client's address has as many connections as one may.</summary>
    TooManyOfAddress,

    /// <summary>More came in a second than it takes.</summary>
    TooManyConnects,
}
