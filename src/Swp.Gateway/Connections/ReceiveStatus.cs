namespace Swp.Gateway.Connections;

/// <summary>What came from a socket.</summary>
internal enum ReceiveStatus : byte
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>The start of a binary message.</summary>
    Binary,

    /// <summary>More bytes of one message than are allowed; the rest was not read.</summary>
    TooBig,

    /// <summary>The peer's close frame, or the end of the connection.</summary>
    Closed,
}
