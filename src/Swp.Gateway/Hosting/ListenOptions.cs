using System.ComponentModel.DataAnnotations;

namespace Swp.Gateway.Hosting;

/// <summary>Where a gateway listens.</summary>
public sealed class ListenOptions
{
    /// <summary>Clients (WebSocket only), <c>http</c> or <c>https</c>. The default is <c>http://127.0.0.1:8081</c>.</summary>
    [Required]
    public string Clients { get; set; } = "http://127.0.0.1:8081";

    /// <summary>Operations: server API, health, metrics; <c>http</c> or <c>https</c>. Beyond loopback only with API keys. The default is <c>http://127.0.0.1:8082</c>.</summary>
    [Required]
    public string Operations { get; set; } = "http://127.0.0.1:8082";
}
