namespace Swp.Devices;

/// <summary>How a client follows the server's close codes.</summary>
public static class ReconnectPolicy
{
    /// <summary>The node goes away: the only code after which a client comes back at once.</summary>
    public const int Draining = 4003;

    /// <summary>What a client does after a connection has ended.</summary>
    /// <param name="closeCode">The code of the close frame; none when the connection broke or was never made.</param>
    /// <param name="opened">Whether OPEN had succeeded on the connection.</param>
    public static ReconnectAction Decide(int? closeCode, bool opened) => closeCode switch
    {
        // A server that drains before it even answers OPEN must not be hammered.
        Draining when opened => ReconnectAction.Immediately,
        >= 4500 and <= 4999 => ReconnectAction.Stop,
        1003 or 1007 or 1009 => ReconnectAction.Stop,
        _ => ReconnectAction.BackOff,
    };

    /// <summary>The code in words.</summary>
    public static string Describe(int closeCode) => closeCode switch
    {
        1000 => "the server closed the connection",
        1001 => "the server went away",
        1003 => "the server does not accept binary messages",
        1005 => "the server closed the connection without a reason",
        1007 => "the server could not read what was sent",
        1009 => "a message was too big for the server",
        1011 => "the server failed",
        4001 => "the server heard nothing for too long",
        4002 => "messages were not read fast enough",
        Draining => "the server is going away and asks to connect again now",
        4004 => "the server's cluster is not reachable",
        4005 => "too many messages were sent",
        4006 => "the token expired",
        4007 => "the server failed",
        4008 => "heartbeats were sent too often",
        4500 => "the server does not know this type of client",
        4501 => "the server refused this client",
        4502 => "another connection with the same id took over",
        4504 => "the server refused this origin",
        4505 => "this client is banned",
        4506 => "an operator disconnected this client",
        4507 => "the server says that the protocol was broken",
        4508 => "no OPEN was sent in time",
        _ => "the server closed the connection",
    };
}
