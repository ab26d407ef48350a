using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Swp.Relay;

/// <summary>
/// What a connection knows of the server's requests when it is attached again: how the next owner tells a request that is still at the client from
/// one that never left.
/// </summary>
[GenerateSerializer, Immutable, Alias("swp.RequestLedger")]
public sealed record RequestLedger
{
    /// <summary>The uuids the client was given and whose answer no owner has yet.</summary>
    [Id(0)]
    public required string[] Open { get; init; }

    /// <summary>The uuids, hashed (<see cref="HashOf"/>), whose answer an owner has taken, and of the messages that want none.</summary>
    [Id(1)]
    public required long[] Done { get; init; }

    /// <summary>How far back <see cref="Open"/> and <see cref="Done"/> name everything; <see langword="null"/>: to the connection's beginning.</summary>
    [Id(2)]
    public TimeSpan? CompleteFor { get; init; }

    /// <summary>Nothing was asked.</summary>
    public static readonly RequestLedger Empty = new() { Open = [], Done = [] };

    /// <summary>The same in every process; 64 bits are enough to tell a handful of random uuids apart.</summary>
    public static long HashOf(string uuid) => unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(uuid.AsSpan())));
}
