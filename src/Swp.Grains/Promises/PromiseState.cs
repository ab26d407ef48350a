namespace Swp.Grains.Promises;

/// <summary>How far a request has come.</summary>
internal enum PromiseState : byte
{
    /// <summary>The client is not connected; it may still come.</summary>
    Waiting = 0,

    /// <summary>In the queue to the gateway: not sent, and not going to be when it leaves this state.</summary>
    Queued = 1,

    /// <summary>Handed to the network: the gateway has it, or may have it, and it may have been executed.</summary>
    Sent = 2,

    /// <summary>It has its outcome.</summary>
    Settled = 3,
}
