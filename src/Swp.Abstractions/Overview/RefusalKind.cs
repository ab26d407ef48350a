namespace Swp.Overview;

/// <summary>At which door somebody was refused.</summary>
[GenerateSerializer, Alias("swp.RefusalKind")]
public enum RefusalKind : byte
{
    /// <summary>A socket, before anything was said on it.</summary>
    Handshake,

    /// <summary>An OPEN.</summary>
    Open,

    /// <summary>A call of the server API.</summary>
    Api,
}
