namespace Swp.Clients;

/// <summary>What a gateway found in a client's token, after it had checked it.</summary>
[GenerateSerializer, Immutable, Alias("swp.TokenFacts")]
public sealed record TokenFacts
{
    /// <summary>Its <c>sub</c>: the client's id.</summary>
    [Id(0)]
    public required string Subject { get; init; }

    /// <summary>When it expires. A client may present another one later, of which its service does not hear.</summary>
    [Id(1)]
    public required DateTimeOffset Expires { get; init; }

    /// <summary>All its claims, a JSON object.</summary>
    [Id(2)]
    public JsonPayload Claims { get; init; }

    /// <summary>Without the claims, which may be personal.</summary>
    public override string ToString() => $"{nameof(TokenFacts)} {{ {nameof(Expires)} = {Expires:O} }}";
}
