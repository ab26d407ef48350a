namespace Swp.Gateway.Sessions;

/// <summary>Who a page speaks as.</summary>
internal sealed record SessionBody
{
    /// <summary>Whether the gateway has keys, and so asks for one.</summary>
    public required bool Required { get; init; }

    /// <summary>The key's name; <see langword="null"/> when nobody is signed in.</summary>
    public required string? Name { get; init; }

    /// <summary>What the key may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Whether the Orleans Dashboard is there.</summary>
    public required bool Dashboard { get; init; }

    /// <summary>The client types that it is for; <see langword="null"/> for all.</summary>
    public required IReadOnlyList<string>? Types { get; init; }
}
