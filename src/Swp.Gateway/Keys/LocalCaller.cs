using System.Net;

namespace Swp.Gateway.Keys;

/// <summary>
/// Who may call while there are no keys: programs of this machine. A page that a browser of this machine shows is not one of them, nor who comes by
/// a name that somebody else's DNS gives to this address, or through a proxy.
/// </summary>
internal static class LocalCaller
{
    /// <summary>Whether a request is of a program, or of a page that this machine serves.</summary>
    public static bool Is(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
            && IsLoopback(context.Request.Host.Host)
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLoopback(page.Host)));
    }

    private static bool IsLoopback(string host) =>
        host.Length == 0
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
