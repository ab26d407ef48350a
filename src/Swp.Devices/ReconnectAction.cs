namespace Swp.Devices;

/// <summary>What a client does after its connection has ended.</summary>
public enum ReconnectAction
{
    /// <summary>Connect again after a back-off.</summary>
    BackOff,

    /// <summary>Connect again now: the server asked for it.</summary>
    Immediately,

    /// <summary>Do not connect again: it would end the same way.</summary>
    Stop,
}
