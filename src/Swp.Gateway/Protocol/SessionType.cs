namespace Swp.Gateway.Protocol;

/// <summary>What a message is about: the member <c>sessionType</c>.</summary>
internal enum SessionType : byte
{
    /// <summary>A session type this server does not know.</summary>
    Unknown = 0,

    /// <summary><c>"0000"</c>: still here.</summary>
    Heart,

    /// <summary><c>"0001"</c>: who I am.</summary>
    Open,

    /// <summary><c>"0002"</c>: the server asks, the client answers.</summary>
    Server,

    /// <summary><c>"0003"</c>: the client asks, the server answers.</summary>
    Client,
}
