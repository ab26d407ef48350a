namespace Swp.Clients;

/// <summary>What the owner knows of a client now.</summary>
[GenerateSerializer, Immutable, Alias("swp.ClientStatus")]
public sealed record ClientStatus
{
    /// <summary>The client.</summary>
    [Id(0)]
    public required ClientKey Key { get; init; }

    /// <summary>Whether the type exists in this cluster.</summary>
    [Id(1)]
    public required bool TypeIsKnown { get; init; }

    /// <summary>Whether the client has ever connected.</summary>
    [Id(2)]
    public bool IsKnown { get; init; }

    /// <summary>Whether it is connected now.</summary>
    [Id(3)]
    public bool Connected { get; init; }

    /// <summary>When the present connection opened.</summary>
    [Id(4)]
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>The last HEART.</summary>
    [Id(5)]
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>The last message of any kind that reached the owner, or the end of the last connection.</summary>
    [Id(6)]
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Grows with every connection; 0 when the client never connected.</summary>
    [Id(7)]
    public long Epoch { get; init; }

    /// <summary>The name of the gateway that holds the socket.</summary>
    [Id(8)]
    public string? Gateway { get; init; }

    /// <summary>The client's network address as the gateway saw it.</summary>
    [Id(9)]
    public string? RemoteAddress { get; init; }

    /// <summary>How many requests wait for the client's answer.</summary>
    [Id(10)]
    public int PendingRequests { get; init; }

    /// <summary>Whether the client is banned.</summary>
    [Id(11)]
    public bool Banned { get; init; }

    /// <summary>When its ban ends; <see langword="null"/> for ever, or when there is none.</summary>
    [Id(13)]
    public DateTimeOffset? BannedUntil { get; init; }

    /// <summary>Why it is banned.</summary>
    [Id(14)]
    public string? BanReason { get; init; }

    /// <summary>The name of the owner that holds the client, connected or not.</summary>
    [Id(12)]
    public string? Owner { get; init; }
}
