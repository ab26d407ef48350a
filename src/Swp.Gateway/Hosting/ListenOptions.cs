using System.ComponentModel.DataAnnotations;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Hosting;

/// <summary>Where a gateway listens.</summary>
public sealed class ListenOptions
{
    /// <summary>Clients: WebSocket only. The default is <c>http://127.0.0.1:8081</c>.</summary>
    [Setting("URL", Range = Ports.HttpOrHttps), Required]
    public string Clients { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Operations: server API, health, metrics. Beyond loopback only with API keys. The default is <c>http://127.0.0.1:8082</c>.</summary>
    [Setting("URL", Range = Ports.HttpOrHttps), Required]
    public string Operations { get; set; } = "http://127.0.0.1:8082";
}
