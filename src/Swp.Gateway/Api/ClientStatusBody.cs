using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>A client's status as the API shows it.</summary>
internal sealed record ClientStatusBody
{
    /// <summary>The client's type.</summary>
    public required string Type { get; init; }

    /// <summary>The client's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is connected now.</summary>
    public required bool Connected { get; init; }

    /// <summary>When the present connection opened.</summary>
    public required DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>The last HEART.</summary>
    public required DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>The last message of any kind, or the end of the last connection.</summary>
    public required DateTimeOffset? LastSeen { get; init; }

    /// <summary>Grows with every connection; 0 when the client never connected.</summary>
    public required long Epoch { get; init; }

    /// <summary>The name of the gateway that holds the socket.</summary>
    public required string? Gateway { get; init; }

    /// <summary>The client's network address as the gateway saw it.</summary>
    public required string? RemoteAddress { get; init; }

    /// <summary>How many requests wait for the client's answer.</summary>
    public required int PendingRequests { get; init; }

    /// <summary>Whether the client is kept out.</summary>
    public required bool Banned { get; init; }

    /// <summary>When the ban ends; null for ever, or when there is none.</summary>
    public required DateTimeOffset? BannedUntil { get; init; }

    /// <summary>Why it is kept out.</summary>
    public required string? BanReason { get; init; }

    /// <summary>The name of the owner that holds the client.</summary>
    public required string? Owner { get; init; }

    public static ClientStatusBody From(ClientStatus status) => new()
    {
        Type = status.Key.Type,
        Id = status.Key.Id,
        Connected = status.Connected,
        ConnectedAt = status.ConnectedAt,
        LastHeartbeat = status.LastHeartbeat,
        LastSeen = status.LastSeen,
        Epoch = status.Epoch,
        Gateway = status.Gateway,
        RemoteAddress = status.RemoteAddress,
        PendingRequests = status.PendingRequests,
        Banned = status.Banned,
        BannedUntil = status.BannedUntil,
        BanReason = status.BanReason,
        Owner = status.Owner,
    };
}
