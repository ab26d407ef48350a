using System.ComponentModel.DataAnnotations;
using Swp.Cluster.Startup;

namespace Swp.Grains.Types;

/// <summary>The limits of one client type: <c>Swp:Types:{type}</c>.</summary>
[SettingsOf(SettingReader.ClientType, "Swp:Types:{type}")]
public sealed class ClientTypeOptions
{
    // The frame around the largest payload, and a little that waits before it: one broadcast of what is allowed must close nobody.
    private const int EnvelopeBytes = 4 * 1024;

    /// <summary>The name shown to people. The default is the service's own.</summary>
    [Setting("text", Default = "the service's own")]
    public string? DisplayName { get; set; }

    /// <summary>
    /// What a client needs to be let in, beside its service's consent; <c>Token</c>: a JWT, which its gateway checks. The default is
    /// <see cref="ClientAuthentication.None"/>.
    /// </summary>
    [EnumDataType(typeof(ClientAuthentication))]
    public ClientAuthentication Authentication { get; set; } = ClientAuthentication.None;

    /// <summary>How the server's own payloads are written. The default is <see cref="PayloadStyle.String"/>.</summary>
    [EnumDataType(typeof(PayloadStyle))]
    public PayloadStyle PayloadStyle { get; set; } = PayloadStyle.String;

    /// <summary>The largest message of a client, and the largest payload of a call as it goes on the wire: 1,024 to 4,194,304; the default is 65,536.</summary>
    [Setting("bytes"), Range(1024, 4 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How long a socket may take to OPEN: 100 ms to 5 min; the default is 10 s. Looked at every 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan OpenTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two HEARTs of a connection, less 10 % for the jitter of a client's timer: 0 (none) to 1 h; the default is 45 s.</summary>
    [Setting("time", Zero = "none"), Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MinHeartbeatInterval { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a connection may send no message at all: 0 (for ever) to 1 d; the default is 120 s. Looked at every 0.5 s.</summary>
    [Setting("time", Zero = "for ever"), Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How many requests may wait for one client's answers: 1 to 100,000; the default is 300. One more is <c>too_many_pending</c>.</summary>
    [Setting("calls"), Range(1, 100_000)]
    public int MaxPendingRequests { get; set; } = 300;

    /// <summary>How many queries of one client run at a time: 1 to 1,000; the default is 1. More give up their order.</summary>
    [Setting("queries"), Range(1, 1_000)]
    public int MaxConcurrentQueries { get; set; } = 1;

    /// <summary>How many queries of one client may wait for their turn: 1 to 100,000; the default is 256. One more is refused as <c>rate_limited</c>.</summary>
    [Setting("queries"), Range(1, 100_000)]
    public int MaxQueuedQueries { get; set; } = 256;

    /// <summary>How long a query may run before its token is cancelled: 100 ms to 1 h; the default is 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many messages of any kind a client may send a second: 0 (no limit) to 100,000; the default is 0. Over it the client is read no faster.</summary>
    [Setting("messages/s", Zero = "no limit"), Range(0, 100_000)]
    public int MessagesPerSecond { get; set; }

    /// <summary>How many messages a client may send at once after a pause: 0 (as many as in a second) to 1,000,000; the default is 0.</summary>
    [Setting("messages", Zero = "as many as in a second"), Range(0, 1_000_000), OnlyWith(nameof(MessagesPerSecond))]
    public int MessageBurst { get; set; }

    /// <summary>How many bytes a client may send a second: 0 (no limit) to 104,857,600; the default is 0. Over it the client is read no faster.</summary>
    [Setting("bytes/s", Zero = "no limit"), Range(0, 100 * 1024 * 1024)]
    public int BytesPerSecond { get; set; }

    /// <summary>
    /// How many bytes a client may send at once after a pause: 0 (as many as in a second, and at least <see cref="MaxMessageBytes"/>), or
    /// <see cref="MaxMessageBytes"/> to 67,108,864; the default is 0.
    /// </summary>
    [Setting("bytes", Zero = "as many as in a second, and at least `MaxMessageBytes`"), Range(0, 64 * 1024 * 1024)]
    [AtLeast(nameof(MaxMessageBytes), OrZero = true), OnlyWith(nameof(BytesPerSecond))]
    public int ByteBurst { get; set; }

    /// <summary>
    /// How long a client may be over <see cref="MessagesPerSecond"/> or <see cref="BytesPerSecond"/> without a break before it is closed with 4005: 0 (for
    /// ever) to 1 h; the default is 60 s. Meanwhile it is only slowed down.
    /// </summary>
    [Setting("time", Zero = "for ever"), Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan OverLimitTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many bytes may wait for a client that does not read: 65,536 to 67,108,864, and at least <see cref="MaxMessageBytes"/> + 4,096; the default is 1,048,576.
    /// More close it with 4002.
    /// </summary>
    [Setting("bytes"), Range(64 * 1024, 64 * 1024 * 1024), AtLeast(nameof(MaxMessageBytes), Plus = EnvelopeBytes)]
    public int OutboundBufferBytes { get; set; } = 1024 * 1024;
}
