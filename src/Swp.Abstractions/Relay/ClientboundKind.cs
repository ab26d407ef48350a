namespace Swp.Relay;

/// <summary>What an owner says to a connection.</summary>
[GenerateSerializer, Alias("swp.ClientboundKind")]
public enum ClientboundKind : byte
{
    /// <summary>The server asks (<c>sessionType "0002"</c>).</summary>
    Request = 0,

    /// <summary>The answer to the client's query (<c>"0003"</c>).</summary>
    Answer = 1,

    /// <summary>A HEART goes back (<c>"0000"</c>), as a reply or as a refusal.</summary>
    Heartbeat = 2,

    /// <summary>Close the connection with the frame's code, after what was queued before it.</summary>
    Close = 3,

    /// <summary>The owner moves: attach again.</summary>
    Reattach = 4,

    /// <summary>The server says something and waits for no answer (<c>"0002"</c>).</summary>
    Message = 5,
}
