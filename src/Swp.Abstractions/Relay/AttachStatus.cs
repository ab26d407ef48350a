namespace Swp.Relay;

/// <summary>How an attach ended.</summary>
[GenerateSerializer, Alias("swp.AttachStatus")]
public enum AttachStatus : byte
{
    /// <summary>The connection speaks for the client now.</summary>
    Attached = 0,

    /// <summary>The connection is refused and closed with the result's code.</summary>
    Refused = 1,

    /// <summary>A newer connection speaks for the client.</summary>
    Superseded = 2,
}
