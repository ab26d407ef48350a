using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Swp.Cluster.Startup;
using Swp.Gateway.Handshakes;
using Swp.Gateway.Tls;

namespace Swp.Gateway.Hosting;

/// <summary>Keeps the two listeners apart: what is served on one is not reachable on the other.</summary>
internal static class Listener
{
    public const string Clients = "clients";
    public const string Operations = "operations";

    /// <summary>Listens, and marks every connection with the listener's name.</summary>
    public static void Listen(this KestrelServerOptions kestrel, string name, string setting, string url)
    {
        var address = Ports.Parse(setting, url, https: true);
        var mark = new Mark(name);
        var handshakes = name == Clients ? kestrel.ApplicationServices.GetRequiredService<PendingHandshakes>() : null;
        kestrel.Listen(Ports.AddressOf(address.Host), address.Port, options =>
        {
            // A WebSocket needs it, and what HTTP/2 adds is one more way to be hard on a server.
            options.Protocols = HttpProtocols.Http1;
            options.Use(next => connection =>
            {
                connection.Features.Set(mark);
                handshakes?.Add(connection);
                return next(connection);
            });
            if (address.Scheme == "https")
            {
                var certificate = kestrel.ApplicationServices.GetRequiredService<CurrentCertificate>();
                options.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(certificate.Handshake) });
            }
        });
    }

    /// <summary>The listener a request came in by.</summary>
    public static string? Of(HttpContext context) => context.Features.Get<Mark>()?.Name;

    // A feature and no item of the connection, which would be a dictionary for each socket.
    private sealed record Mark(string Name);
}
