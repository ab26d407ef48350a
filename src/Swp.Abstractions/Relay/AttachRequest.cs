using Swp.Clients;

namespace Swp.Relay;

/// <summary>A connection asks to speak for its client.</summary>
[GenerateSerializer, Immutable, Alias("swp.AttachRequest")]
public sealed record AttachRequest
{
    /// <summary>The gateway that holds the socket.</summary>
    [Id(0)]
    public required SiloAddress Gateway { get; init; }

    /// <summary>The connection within the gateway.</summary>
    [Id(1)]
    public required long ConnectionId { get; init; }

    /// <summary>The gateway's name, for people.</summary>
    [Id(2)]
    public required string GatewayName { get; init; }

    /// <summary>The client's network address.</summary>
    [Id(3)]
    public string? RemoteAddress { get; init; }

    /// <summary>The OPEN's <c>data</c>.</summary>
    [Id(4)]
    public JsonPayload Data { get; init; }

    /// <summary>The OPEN's <c>token</c>, or the one of the handshake.</summary>
    [Id(5)]
    public string? Token { get; init; }

    /// <summary>Whether the client wants its HEARTs back.</summary>
    [Id(6)]
    public bool HeartbeatReply { get; init; }

    /// <summary>How long ago the connection's last HEART came, if one came already.</summary>
    [Id(7)]
    public TimeSpan? LastHeartbeatAge { get; init; }

    /// <summary>How long ago the connection's OPEN came. An attempt that is made again later is no newer than its OPEN.</summary>
    [Id(9)]
    public TimeSpan OpenAge { get; init; }

    /// <summary>Set when the connection was attached before.</summary>
    [Id(8)]
    public Resume? Resume { get; init; }

    /// <summary>With <see cref="Resume"/>: what the connection knows of the requests of its earlier owners.</summary>
    [Id(10)]
    public RequestLedger? Requests { get; init; }

    /// <summary>When the connection's OPEN came, by its gateway's clock. Beside <see cref="OpenAge"/>, which does not count the time this request is under way.</summary>
    [Id(11)]
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>What the gateway found in the token, when the client's type needs one. Without it such a client is not let in.</summary>
    [Id(12)]
    public TokenFacts? Verified { get; init; }

    /// <summary>With <see cref="Resume"/>, of a type with limits: what the connection has used up of them.</summary>
    [Id(13)]
    public SpentAllowance? Spent { get; init; }

    /// <summary>Without the token, and the data that may hold it: a request that times out is logged with its arguments.</summary>
    public override string ToString() => $"{nameof(AttachRequest)} {{ {nameof(GatewayName)} = {GatewayName}, {nameof(ConnectionId)} = {ConnectionId}, {nameof(Resume)} = {Resume} }}";
}
