namespace Swp.Grains.Diagnostics;

/// <summary>What has come of a gateway's wish to attach a connection.</summary>
internal enum AttachOutcome : byte
{
    /// <summary>A connection that has just opened.</summary>
    Opened,

    /// <summary>One that was attached before, elsewhere or here.</summary>
    Resumed,

    /// <summary>Refused, by the service, a ban or a limit.</summary>
    Refused,

    /// <summary>A newer connection speaks for the client.</summary>
    Superseded,
}
