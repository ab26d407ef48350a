using Swp.Clients;
using Swp.Diagnostics;
using Swp.Protocol;

namespace Swp.Relay;

/// <summary>One thing an owner says to one connection of a gateway.</summary>
[GenerateSerializer, Immutable, Alias("swp.ClientboundFrame")]
public readonly record struct ClientboundFrame : IRelayFrame
{
    /// <summary>The connection, unique within its gateway's life.</summary>
    [Id(0)]
    public long ConnectionId { get; init; }

    /// <summary>The attachment this frame belongs to. A gateway ignores frames of another epoch.</summary>
    [Id(1)]
    public long Epoch { get; init; }

    /// <summary>What is said.</summary>
    [Id(2)]
    public ClientboundKind Kind { get; init; }

    /// <summary>Correlation id.</summary>
    [Id(3)]
    public string? Uuid { get; init; }

    /// <summary><c>"0"</c> for success.</summary>
    [Id(4)]
    public string Code { get; init; }

    /// <summary>Human-readable status.</summary>
    [Id(5)]
    public string? Message { get; init; }

    /// <summary>Payload, already in the style its type asks for.</summary>
    [Id(6)]
    public JsonPayload Data { get; init; }

    /// <summary>What a program can act on.</summary>
    [Id(7)]
    public ErrorDetail? Error { get; init; }

    /// <summary>With <see cref="ClientboundKind.Close"/>.</summary>
    [Id(8)]
    public CloseCode CloseCode { get; init; }

    /// <summary>With <see cref="ClientboundKind.Answer"/>: the sequence number of the query that is answered.</summary>
    [Id(9)]
    public long Sequence { get; init; }

    /// <summary>With <see cref="ClientboundKind.Request"/>: how long its answer is waited for.</summary>
    [Id(10)]
    public TimeSpan Patience { get; init; }

    /// <summary>
    /// With a request or a message: an earlier attempt of the same call may have come through another owner. The connection does not pass it on twice.
    /// </summary>
    [Id(11)]
    public bool IsRepeat { get; init; }

    /// <summary>With a request or a message: the span that it belongs to, when it is sampled.</summary>
    [Id(12)]
    public TraceContext? Trace { get; init; }

    /// <inheritdoc/>
    public int Weight => 128 + Data.Length + (3 * (Message?.Length ?? 0)) + (Trace?.Weight ?? 0);
}
