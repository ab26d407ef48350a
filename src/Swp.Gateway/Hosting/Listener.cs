using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Hosting;

/// <summary>Keeps the two listeners apart: what is served on one is not reachable on the other.</summary>
internal static class Listener
{
    public const string Clients = "clients";
    public const string Operations = "operations";

    private static readonly object Key = new();

    /// <summary>Listens, and marks every connection with the listener's name.</summary>
    public static void Listen(this KestrelServerOptions kestrel, string name, string setting, string url)
    {
        var address = Ports.Parse(setting, url);
        kestrel.Listen(Ports.AddressOf(address.Host), address.Port, options => options.Use(next => connection =>
        {
            connection.Items[Key] = name;
            return next(connection);
        }));
    }

    /// <summary>The listener a request came in by.</summary>
    public static string? Of(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(Key, out var name) == true ? (string?)name : null;
}
