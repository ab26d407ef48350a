using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>A client's status as the API shows it.</summary>
internal sealed record ClientStatusBody(
    string Type,
    string Id,
    bool Connected,
    DateTimeOffset? ConnectedAt,
    DateTimeOffset? LastHeartbeat,
    DateTimeOffset? LastSeen,
    long Epoch,
    string? Gateway,
    string? RemoteAddress,
    int PendingRequests,
    bool Banned,
    string? Owner)
{
    public static ClientStatusBody From(ClientStatus status) => new(
        status.Key.Type,
        status.Key.Id,
        status.Connected,
        status.ConnectedAt,
        status.LastHeartbeat,
        status.LastSeen,
        status.Epoch,
        status.Gateway,
        status.RemoteAddress,
        status.PendingRequests,
        status.Banned,
        status.Owner);
}
