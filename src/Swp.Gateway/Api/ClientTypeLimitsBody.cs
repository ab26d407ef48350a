using Swp.Relay;

namespace Swp.Gateway.Api;

/// <summary>The limits of a client type, named as its settings; times in ms, 0 for no limit.</summary>
internal sealed record ClientTypeLimitsBody
{
    /// <summary>The largest message either way.</summary>
    public required int MaxMessageBytes { get; init; }

    /// <summary>How long a connection may take to OPEN.</summary>
    public required long OpenTimeoutMs { get; init; }

    /// <summary>The least time between two HEARTs.</summary>
    public required long MinHeartbeatIntervalMs { get; init; }

    /// <summary>How long a connection may be silent.</summary>
    public required long IdleTimeoutMs { get; init; }

    /// <summary>How many requests may wait for one client's answers.</summary>
    public required int MaxPendingRequests { get; init; }

    /// <summary>How many queries of one client run at a time.</summary>
    public required int MaxConcurrentQueries { get; init; }

    /// <summary>How many queries of one client may wait for their turn.</summary>
    public required int MaxQueuedQueries { get; init; }

    /// <summary>How long a query may run.</summary>
    public required long QueryTimeoutMs { get; init; }

    /// <summary>How many bytes may wait for a client that does not read.</summary>
    public required int OutboundBufferBytes { get; init; }

    /// <summary>How many messages a client may send a second.</summary>
    public required int MessagesPerSecond { get; init; }

    /// <summary>How many of them at once.</summary>
    public required int MessageBurst { get; init; }

    /// <summary>How many bytes a client may send a second.</summary>
    public required int BytesPerSecond { get; init; }

    /// <summary>How many of them at once.</summary>
    public required int ByteBurst { get; init; }

    /// <summary>How long a client may be over these limits without a break.</summary>
    public required long OverLimitTimeoutMs { get; init; }

    public static ClientTypeLimitsBody From(ClientTypeDescription type) => new()
    {
        MaxMessageBytes = type.MaxMessageBytes,
        OpenTimeoutMs = Milliseconds(type.OpenTimeout),
        MinHeartbeatIntervalMs = Milliseconds(type.MinHeartbeatInterval),
        IdleTimeoutMs = Milliseconds(type.IdleTimeout),
        MaxPendingRequests = type.MaxPendingRequests,
        MaxConcurrentQueries = type.MaxConcurrentQueries,
        MaxQueuedQueries = type.MaxQueuedQueries,
        QueryTimeoutMs = Milliseconds(type.QueryTimeout),
        OutboundBufferBytes = type.OutboundBufferBytes,
        MessagesPerSecond = type.MessagesPerSecond,
        MessageBurst = type.MessageBurst,
        BytesPerSecond = type.BytesPerSecond,
        ByteBurst = type.ByteBurst,
        OverLimitTimeoutMs = Milliseconds(type.OverLimitTimeout),
    };

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
