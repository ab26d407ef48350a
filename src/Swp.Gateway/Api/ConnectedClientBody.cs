using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>A client that is connected.</summary>
internal sealed record ConnectedClientBody
{
    /// <summary>The client's type.</summary>
    public required string Type { get; init; }

    /// <summary>The client's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the gateway that holds the socket.</summary>
    public required string Gateway { get; init; }

    /// <summary>When the connection opened.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>The client's network address as the gateway saw it.</summary>
    public required string? RemoteAddress { get; init; }

    public static ConnectedClientBody From(ConnectedClient client) => new()
    {
        Type = client.Key.Type,
        Id = client.Key.Id,
        Gateway = client.Gateway,
        ConnectedAt = client.ConnectedAt,
        RemoteAddress = client.RemoteAddress,
    };
}
