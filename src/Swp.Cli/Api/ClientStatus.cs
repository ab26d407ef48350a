namespace Swp.Cli.Api;

/// <summary>What is known of one client.</summary>
internal sealed record ClientStatus
{
    public required string Type { get; init; }

    public required string Id { get; init; }

    public bool Connected { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    public DateTimeOffset? LastHeartbeat { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public long Epoch { get; init; }

    public string? Gateway { get; init; }

    public string? RemoteAddress { get; init; }

    public int PendingRequests { get; init; }

    public bool Banned { get; init; }

    public DateTimeOffset? BannedUntil { get; init; }

    public string? BanReason { get; init; }

    public string? Owner { get; init; }
}
