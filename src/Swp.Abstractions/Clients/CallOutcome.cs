namespace Swp.Clients;

/// <summary>How a call to a client ended. Every call ends in exactly one of these, within its time-out plus one second.</summary>
[GenerateSerializer, Alias("swp.CallOutcome")]
public enum CallOutcome : byte
{
    /// <summary>The client answered; its own code may say failure. For a one-way message: it was handed to the client's gateway.</summary>
    Completed = 0,

    /// <summary>A known client that is not connected now. Try later.</summary>
    NotConnected = 1,

    /// <summary>No client of this id has ever connected.</summary>
    UnknownClient = 2,

    /// <summary>No such client type.</summary>
    UnknownType = 3,

    /// <summary>The client's limit of pending requests is reached. Retry.</summary>
    TooManyPending = 4,

    /// <summary>The payload is larger than the type allows.</summary>
    PayloadTooLarge = 5,

    /// <summary>The request never left for the client: it cannot have been executed. Retry freely.</summary>
    NotSent = 6,

    /// <summary>Sent, and the connection, its gateway or the owner died before an answer: it may have been executed.</summary>
    LostInFlight = 7,

    /// <summary>Sent, no answer in time: it may have been executed.</summary>
    TimedOut = 8,

    /// <summary>The caller gave up.</summary>
    Cancelled = 9,

    /// <summary>The client is banned.</summary>
    Banned = 10,

    /// <summary>No silo could be reached.</summary>
    ClusterUnavailable = 11,
}
