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
}
