using System.ComponentModel.DataAnnotations;
using Swp.Gateway.Tls;

namespace Swp.Gateway.Hosting;

/// <summary>How a gateway listens and how much it takes: the section <c>Swp</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>Where it listens.</summary>
    [Required]
    public ListenOptions Listen { get; set; } = new();

    /// <summary>The certificate of listeners that speak <c>https</c>.</summary>
    public TlsOptions Tls { get; set; } = new();

    /// <summary>How many sockets it takes: 0 (no limit) to 1,000,000; the default is 0. One more gets HTTP 503.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnections { get; set; }

    /// <summary>How many new sockets a second it takes, and as many at once: 0 (no limit) to 100,000; the default is 0. One more gets HTTP 503.</summary>
    [Range(0, 100_000)]
    public int MaxConnectsPerSecond { get; set; }

    /// <summary>How many of its sockets may not have said OPEN: 0 (no limit) to 1,000,000; the default is 10,000. One more gets HTTP 503.</summary>
    [Range(0, 1_000_000)]
    public int MaxUnopened { get; set; } = 10_000;

    /// <summary>
    /// How many of them may come from one address, an IPv6 network (/64) counting as one, so that one peer cannot keep all others out: 0 (no limit) to
    /// 1,000,000; the default is 5,000. One more gets HTTP 503.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxUnopenedPerAddress { get; set; } = 5_000;

    /// <summary>How many sockets one address may have, an IPv6 network (/64) counting as one: 0 (no limit) to 1,000,000; the default is 0. One more gets HTTP 503.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; }

    /// <summary>Over what time the sockets of a stopping gateway are closed: 0 to 5 min; the default is 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a stopping gateway takes calls at its API, at least, after it has said that it is not ready: what a load balancer needs to hear of it.
    /// 0 to 1 min; the default is 3 s, and none where there is no other gateway.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainNotice { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many connections a second are attached again after an owner was lost: 50 to 100,000; the default is 2,000.</summary>
    [Range(50, 100_000)]
    public int ReattachesPerSecond { get; set; } = 2_000;

    internal bool SpeaksHttps =>
        Listen.Clients.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || Listen.Operations.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
