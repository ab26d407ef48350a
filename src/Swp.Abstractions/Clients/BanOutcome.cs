namespace Swp.Clients;

/// <summary>How far a ban, or the end of one, has come.</summary>
[GenerateSerializer, Alias("swp.BanOutcome")]
public enum BanOutcome : byte
{
    /// <summary>In force and written: it outlives the client's owner.</summary>
    Written = 0,

    /// <summary>
    /// In force at the client's owner; the store does not answer. It is written when the store is back, and lost if the owner ends before that.
    /// </summary>
    InForce = 1,

    /// <summary>No such client type.</summary>
    UnknownType = 2,
}
