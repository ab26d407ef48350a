namespace Swp.Samples.Common;

/// <summary>The values of <see cref="Frame.SessionType"/>.</summary>
public static class SessionTypes
{
    public const string Heart = "0000";
    public const string Open = "0001";

    /// <summary>The server asks, the client answers.</summary>
    public const string Server = "0002";

    /// <summary>The client asks, the server answers.</summary>
    public const string Client = "0003";
}
