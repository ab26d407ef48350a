namespace Swp.Devices;

/// <summary>The values of <see cref="Frame.SessionType"/>.</summary>
public static class SessionTypes
{
    /// <summary>The client is alive.</summary>
    public const string Heart = "0000";
    /// <summary>The client says who it is.</summary>
    public const string Open = "0001";

    /// <summary>The server asks, the client answers.</summary>
    public const string Server = "0002";

    /// <summary>The client asks, the server answers.</summary>
    public const string Client = "0003";
}
