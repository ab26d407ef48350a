using System.ComponentModel.DataAnnotations;
using System.Net;
using Swp.Cluster.Startup;

namespace Swp.Cluster.Hosting;

/// <summary>How a member finds its cluster: the section <c>Swp</c>.</summary>
[SettingsOf(SettingReader.Member)]
public sealed class SwpClusterOptions
{
    /// <summary>Redis connection string (StackExchange.Redis format): the cluster's membership and the clients' records.</summary>
    [Setting("connection string", Default = "none; required but for standalone")]
    public string? Redis { get; set; }

    /// <summary>Members with the same id form one cluster. The default is <c>swp</c>.</summary>
    [Setting("text"), Required, RegularExpression("[A-Za-z0-9_.-]{1,64}")]
    public string ClusterId { get; set; } = "swp";

    /// <summary>Names the stored records; stays the same when <see cref="ClusterId"/> changes. The default is <c>swp</c>.</summary>
    [Setting("text"), Required, RegularExpression("[A-Za-z0-9_.-]{1,64}")]
    public string ServiceId { get; set; } = "swp";

    /// <summary>The member's name, for people: the pod's name in Kubernetes. The default is the machine's name and <c>SiloPort</c>.</summary>
    [Setting("text", Default = "the machine's name and `SiloPort`"), RegularExpression("[A-Za-z0-9_.-]{1,128}")]
    public string? Name { get; set; }

    /// <summary>The address other members reach this one at. When it is no loopback address the member listens on all. The default is <c>127.0.0.1</c>.</summary>
    [Setting("IP address"), Required]
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <summary>The port between members: 1 to 65535; the default is 11111.</summary>
    [Setting("port"), Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for Orleans clients (backend services), on owners only: 0 (none) to 65535; the default is 30000.</summary>
    [Setting("port", Zero = "none"), Range(0, 65535)]
    public int ClientGatewayPort { get; set; } = 30000;

    /// <summary>
    /// How long another member may leave this one without an answer before it counts as silent: 1 s to 60 s; the default is 5 s. After three times
    /// as long it counts as unreachable, unless the membership has declared it dead.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan PeerTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Of how many clients a member remembers where they live, about 0.3 KB each: 1,000 to 10,000,000; the default is 100,000. A call to any other one
    /// asks the grain directory first. More where one member calls more clients than that, over and over.
    /// </summary>
    [Setting("clients"), Range(1_000, 10_000_000)]
    public int DirectoryCacheSize { get; set; } = 100_000;

    /// <summary>How long a graceful stop may take: 1 s to 10 min; the default is 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether the Orleans Dashboard looks into this member, and gateways show it at <c>/dashboard/</c>. On every member of a cluster or on none.
    /// It makes every call dearer, also while nobody looks.
    /// </summary>
    public bool Dashboard { get; set; }

    /// <summary>Checks that the member's own ports are free and its address is one.</summary>
    /// <exception cref="StartupException">They are not.</exception>
    public void CheckPorts(bool clientGateway)
    {
        var address = ParseAddress();
        var listen = IPAddress.IsLoopback(address) ? address : IPAddress.Any;
        Ports.Check("Swp:SiloPort", listen, SiloPort);
        if (clientGateway)
        {
            Ports.Check("Swp:ClientGatewayPort", listen, ClientGatewayPort);
        }
    }

    /// <summary>The address other members reach this one at.</summary>
    /// <exception cref="StartupException">It is none.</exception>
    internal IPAddress ParseAddress() =>
        IPAddress.TryParse(AdvertisedAddress, out var address)
            ? address
            : throw new StartupException($"Swp:AdvertisedAddress = {AdvertisedAddress}: expected an IP address.");
}
