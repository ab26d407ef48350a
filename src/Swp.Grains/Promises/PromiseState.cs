namespace Swp.Grains.Promises;

/// <summary>How far a request has come.</summary>
internal enum PromiseState : byte
{
    /// <summary>The client is not connected; it may still come.</summary>
    Waiting = 0,

    /// <summary>On its way to the gateway. Until the gateway has it, or may have it, it was never sent.</summary>
    Queued = 1,

    /// <summary>The gateway has it, or may have it: it may have been executed.</summary>
    Sent = 2,

    /// <summary>It has its outcome.</summary>
    Settled = 3,
}
