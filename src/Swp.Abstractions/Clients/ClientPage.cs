namespace Swp.Clients;

/// <summary>
/// Some of the clients that are connected. Page by page a client that stays connected by one connection is listed exactly once; one that leaves, comes
/// or connects anew meanwhile may be listed or not, and at another gateway a second time.
/// </summary>
[GenerateSerializer, Immutable, Alias("swp.ClientPage")]
public sealed record ClientPage
{
    /// <summary>The clients. A page may be shorter than its limit, and even empty, and still not be the last one.</summary>
    [Id(0)]
    public required ConnectedClient[] Clients { get; init; }

    /// <summary>What to ask the next page with; <see langword="null"/> after the last one.</summary>
    [Id(1)]
    public string? Next { get; init; }

    /// <summary>How many gateways did not answer: their clients are missing, on later pages too.</summary>
    [Id(2)]
    public int Failed { get; init; }

    /// <summary>Whether the type that was asked for exists in this cluster.</summary>
    [Id(3)]
    public bool TypeIsKnown { get; init; } = true;

    /// <summary>Whether the cursor was one of such a listing. <c>ISwpClients</c> makes an exception of one that was not.</summary>
    [Id(4)]
    public bool CursorIsValid { get; init; } = true;
}
