using Swp.Clients;

namespace Swp.Grains.Services;

/// <summary>A client that wants to connect.</summary>
public sealed record OpenContext
{
    /// <summary>Who it says it is.</summary>
    public required ClientKey Client { get; init; }

    /// <summary>Its network address as the gateway saw it.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>The whole <c>data</c> of its OPEN, for members of the type's own.</summary>
    public JsonPayload Data { get; init; }

    /// <summary>The token it presented, unchecked unless there is <see cref="Verified"/>.</summary>
    public string? Token { get; init; }

    /// <summary>What its token says, checked by its gateway: when the type's <c>Authentication</c> is <c>Token</c>.</summary>
    public TokenFacts? Verified { get; init; }

    /// <summary>Without the token, and the data that may hold it.</summary>
    public override string ToString() => $"{nameof(OpenContext)} {{ {nameof(Client)} = {Client}, {nameof(RemoteAddress)} = {RemoteAddress} }}";
}
