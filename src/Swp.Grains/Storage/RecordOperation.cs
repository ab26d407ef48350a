namespace Swp.Grains.Storage;

/// <summary>What was done with a client's record.</summary>
internal enum RecordOperation : byte
{
    Read,
    ReadFailed,
    Written,
    WriteFailed,

    /// <summary>Another activation had written it: read again and merged.</summary>
    Conflict,

    /// <summary>Too many waited to be written.</summary>
    GivenUp,
}
