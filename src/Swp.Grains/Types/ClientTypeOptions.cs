using System.ComponentModel.DataAnnotations;

namespace Swp.Grains.Types;

/// <summary>The limits of one client type: <c>Swp:Types:{type}</c>.</summary>
public sealed class ClientTypeOptions
{
    /// <summary>The name shown to people; the service's own when left out.</summary>
    public string? DisplayName { get; set; }

    /// <summary>What a client needs to be let in, beside its service's consent. The default is <see cref="ClientAuthentication.None"/>.</summary>
    [EnumDataType(typeof(ClientAuthentication))]
    public ClientAuthentication Authentication { get; set; } = ClientAuthentication.None;

    /// <summary>How the server's own payloads are written. The default is <see cref="PayloadStyle.String"/>.</summary>
    [EnumDataType(typeof(PayloadStyle))]
    public PayloadStyle PayloadStyle { get; set; } = PayloadStyle.String;

    /// <summary>The largest message either way, in bytes: 1,024 to 4,194,304; the default is 65,536.</summary>
    [Range(1024, 4 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How long a connection may take to OPEN: 100 ms to 5 min; the default is 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two HEARTs of a connection, less 10 % for the jitter of a client's timer: 0 (none) to 1 h; the default is 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinHeartbeatInterval { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a connection may be silent: 0 (for ever) to 1 d; the default is 120 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How many requests may wait for one client's answers: 1 to 100,000; the default is 300.</summary>
    [Range(1, 100_000)]
    public int MaxPendingRequests { get; set; } = 300;

    /// <summary>How many queries of one client run at a time: 1 to 1,000; the default is 1, which keeps them in order.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentQueries { get; set; } = 1;

    /// <summary>How many queries of one client may wait for their turn: 1 to 100,000; the default is 256. One more is refused as <c>rate_limited</c>.</summary>
    [Range(1, 100_000)]
    public int MaxQueuedQueries { get; set; } = 256;

    /// <summary>How long a query may run before its token is cancelled: 100 ms to 1 h; the default is 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many messages of any kind a client may send a second: 0 (no limit) to 100,000; the default is 0. Over it the client is read no faster.</summary>
    [Range(0, 100_000)]
    public int MessagesPerSecond { get; set; }

    /// <summary>How many messages a client may send at once after a pause: 0 to 1,000,000; the default is 0: as many as it may send in a second.</summary>
    [Range(0, 1_000_000)]
    public int MessageBurst { get; set; }

    /// <summary>How many bytes a client may send a second: 0 (no limit) to 104,857,600; the default is 0. Over it the client is read no faster.</summary>
    [Range(0, 100 * 1024 * 1024)]
    public int BytesPerSecond { get; set; }

    /// <summary>
    /// How many bytes a client may send at once after a pause: 0, or <see cref="MaxMessageBytes"/> to 67,108,864; the default is 0: as many as it may send
    /// in a second, and at least one message of <see cref="MaxMessageBytes"/>.
    /// </summary>
    [Range(0, 64 * 1024 * 1024)]
    public int ByteBurst { get; set; }

    /// <summary>
    /// How long a client may be over <see cref="MessagesPerSecond"/> or <see cref="BytesPerSecond"/> without a break before it is closed with 4005: 0 (for
    /// ever: it is only slowed down) to 1 h; the default is 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OverLimitTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many bytes may wait for a client that does not read: 65,536 to 67,108,864, and <see cref="MaxMessageBytes"/> + 4,096 at least; the default is 1,048,576.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int OutboundBufferBytes { get; set; } = 1024 * 1024;
}
