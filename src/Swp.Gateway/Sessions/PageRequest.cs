namespace Swp.Gateway.Sessions;

/// <summary>Tells what a page of this server asks from what another page makes the browser ask: a cookie goes along with both.</summary>
internal static class PageRequest
{
    /// <summary>A form cannot send it, and a script of another origin only after the browser has asked whether it may, which is never answered.</summary>
    public const string Header = "X-Swp-Page";

    /// <summary>Whether a request that a cookie speaks for may have an effect.</summary>
    public static bool IsOwn(HttpRequest request) => HasOwnOrigin(request) && (IsSafe(request.Method) || request.Headers.ContainsKey(Header));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // SameSite knows no ports, and a WebSocket is opened with GET from anywhere. The scheme is left out: a proxy may have taken TLS off.
    private static bool HasOwnOrigin(HttpRequest request)
    {
        // Said by the browser itself of every request, GET too; "none" is a person who typed the address.
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            return false;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
