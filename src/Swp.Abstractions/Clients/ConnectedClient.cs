namespace Swp.Clients;

/// <summary>A client that is connected, as its gateway knows it.</summary>
[GenerateSerializer, Immutable, Alias("swp.ConnectedClient")]
public sealed record ConnectedClient
{
    /// <summary>The client.</summary>
    [Id(0)]
    public required ClientKey Key { get; init; }

    /// <summary>The name of the gateway that holds the socket.</summary>
    [Id(1)]
    public required string Gateway { get; init; }

    /// <summary>When the connection opened.</summary>
    [Id(2)]
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>The client's network address.</summary>
    [Id(3)]
    public string? RemoteAddress { get; init; }
}
