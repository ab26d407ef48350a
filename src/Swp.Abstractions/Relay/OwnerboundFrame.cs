using Swp.Clients;
using Swp.Protocol;

namespace Swp.Relay;

/// <summary>One thing a connection says to the owner of its client.</summary>
[GenerateSerializer, Immutable, Alias("swp.OwnerboundFrame")]
public readonly record struct OwnerboundFrame : IRelayFrame
{
    /// <summary>The connection, unique within its gateway's life.</summary>
    [Id(0)]
    public long ConnectionId { get; init; }

    /// <summary>The attachment this frame belongs to. An owner ignores frames of another epoch.</summary>
    [Id(1)]
    public long Epoch { get; init; }

    /// <summary>Counts the connection's frames from 1, so that one that is sent again is recognised.</summary>
    [Id(2)]
    public long Sequence { get; init; }

    /// <summary>What is said.</summary>
    [Id(3)]
    public OwnerboundKind Kind { get; init; }

    /// <summary>Correlation id.</summary>
    [Id(4)]
    public string? Uuid { get; init; }

    /// <summary>The client's code; <c>"0"</c> for success.</summary>
    [Id(5)]
    public string Code { get; init; }

    /// <summary>The client's message.</summary>
    [Id(6)]
    public string? Message { get; init; }

    /// <summary>Payload, byte for byte.</summary>
    [Id(7)]
    public JsonPayload Data { get; init; }

    /// <summary>With <see cref="OwnerboundKind.Closed"/>: the code the connection ended with.</summary>
    [Id(8)]
    public CloseCode CloseCode { get; init; }

    /// <summary>
    /// With <see cref="OwnerboundKind.Heartbeat"/>: how long ago it came. One that waited for a new owner is no reason to refuse the next one.
    /// </summary>
    [Id(9)]
    public TimeSpan Age { get; init; }

    /// <summary>The size of the whole message as the client sent it, in bytes: what counts against its limits.</summary>
    [Id(10)]
    public int Size { get; init; }

    /// <inheritdoc/>
    public int Weight => 128 + Data.Length + (3 * (Message?.Length ?? 0));
}
