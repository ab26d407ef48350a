namespace Swp.Relay;

/// <summary>What a gateway needs to know of a client type, and tells operators; the owners' configuration is the only source of it.</summary>
[GenerateSerializer, Immutable, Alias("swp.ClientTypeDescription")]
public sealed record ClientTypeDescription
{
    /// <summary>The type's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The name shown to people.</summary>
    [Id(1)]
    public required string DisplayName { get; init; }

    /// <summary>The largest message a client may send, in bytes.</summary>
    [Id(2)]
    public required int MaxMessageBytes { get; init; }

    /// <summary>How long a connection may take to OPEN.</summary>
    [Id(3)]
    public required TimeSpan OpenTimeout { get; init; }

    /// <summary>How long a connection may be silent; zero for ever.</summary>
    [Id(4)]
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>The least time between two HEARTs; zero for none.</summary>
    [Id(5)]
    public required TimeSpan MinHeartbeatInterval { get; init; }

    /// <summary>How many bytes may wait for a client that does not read.</summary>
    [Id(6)]
    public required int OutboundBufferBytes { get; init; }

    /// <summary>Whether what the server originates goes out as raw JSON instead of JSON text in a string.</summary>
    [Id(7)]
    public required bool RawJson { get; init; }

    /// <summary>How many requests may wait for one client's answers.</summary>
    [Id(8)]
    public int MaxPendingRequests { get; init; }

    /// <summary>How many queries of one client run at a time.</summary>
    [Id(9)]
    public int MaxConcurrentQueries { get; init; }

    /// <summary>How many queries of one client may wait for their turn.</summary>
    [Id(10)]
    public int MaxQueuedQueries { get; init; }

    /// <summary>How long a query may run.</summary>
    [Id(11)]
    public TimeSpan QueryTimeout { get; init; }

    /// <summary>Whether its clients need a token that the gateway has checked.</summary>
    [Id(12)]
    public bool RequiresToken { get; init; }

    /// <summary>How many messages a client may send a second; 0 for any number.</summary>
    [Id(14)]
    public int MessagesPerSecond { get; init; }

    /// <summary>How many of them at once.</summary>
    [Id(15)]
    public int MessageBurst { get; init; }

    /// <summary>How many bytes a client may send a second; 0 for any number.</summary>
    [Id(16)]
    public int BytesPerSecond { get; init; }

    /// <summary>How many of them at once.</summary>
    [Id(17)]
    public int ByteBurst { get; init; }

    /// <summary>How long a client may be over these limits without a break; zero for ever.</summary>
    [Id(13)]
    public TimeSpan OverLimitTimeout { get; init; }
}
