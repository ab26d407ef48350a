namespace Swp.Chaos.Logs;

internal enum ClientEventKind
{
    /// <summary>An OPEN is about to be sent.</summary>
    Opening,

    /// <summary>The OPEN was answered with success.</summary>
    Opened,

    /// <summary>The OPEN was refused.</summary>
    Refused,

    /// <summary>A request or a message came.</summary>
    Received,

    /// <summary>A request is about to be answered.</summary>
    Answered,

    /// <summary>A query is about to be sent.</summary>
    Asked,

    /// <summary>A query was answered, with its value or with an error.</summary>
    Replied,

    /// <summary>An opened connection ended.</summary>
    Closed,

    /// <summary>The client itself has left.</summary>
    Left,
}
