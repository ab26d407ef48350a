namespace Swp.Chaos.Clients;

/// <summary>A scripted client's times.</summary>
internal static class ClientTiming
{
    public static readonly TimeSpan HeartInterval = TimeSpan.FromSeconds(50);
    public static readonly TimeSpan QueryInterval = TimeSpan.FromSeconds(20);

    /// <summary>How often a client pings its gateway, and how long it waits for the pong: a gateway that hangs closes no socket.</summary>
    public static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    /// <summary>An OPEN may wait for its owner to be found.</summary>
    public static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan LastBackoff = TimeSpan.FromSeconds(2);
}
