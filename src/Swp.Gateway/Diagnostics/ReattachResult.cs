namespace Swp.Gateway.Diagnostics;

/// <summary>What an attempt to attach a connection again has come to.</summary>
internal enum ReattachResult : byte
{
    /// <summary>The client has an owner.</summary>
    Attached,

    /// <summary>No owner could be reached: tried again later.</summary>
    Postponed,

    /// <summary>The owner does not want the connection any more.</summary>
    Refused,

    /// <summary>The time for it is over, or it failed.</summary>
    GivenUp,
}
