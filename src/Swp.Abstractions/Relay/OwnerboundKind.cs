namespace Swp.Relay;

/// <summary>What a connection says to its owner.</summary>
[GenerateSerializer, Alias("swp.OwnerboundKind")]
public enum OwnerboundKind : byte
{
    /// <summary>HEART.</summary>
    Heartbeat = 0,

    /// <summary>The client asks (<c>sessionType "0003"</c>).</summary>
    Query = 1,

    /// <summary>The client's answer to the server's request (<c>"0002"</c>).</summary>
    Answer = 2,

    /// <summary>The connection has ended; nothing follows.</summary>
    Closed = 3,
}
