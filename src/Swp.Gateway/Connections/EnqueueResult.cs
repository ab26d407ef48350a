namespace Swp.Gateway.Connections;

/// <summary>What became of a frame for a client.</summary>
internal enum EnqueueResult : byte
{
    Queued,

    /// <summary>The client does not read what it is sent.</summary>
    Full,

    /// <summary>The connection is being closed.</summary>
    Closed,
}
