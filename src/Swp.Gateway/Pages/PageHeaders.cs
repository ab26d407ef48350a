using Microsoft.Net.Http.Headers;

namespace Swp.Gateway.Pages;

/// <summary>What a browser is told of a page besides its content: to run nothing that is not a file of this server, and to show it in nobody's frame.</summary>
internal static class PageHeaders
{
    // Text of strangers is shown on these pages: no script may be made of text, whatever a page's own code does wrong.
    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    // A device connects where its user says.
    private const string DevicePolicy = Policy + "; connect-src 'self' ws: wss:";

    // A page of others, who write styles and pictures into it.
    private const string DashboardPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds them to the answer of a page of ours.</summary>
    public static void Apply(HttpContext context, string path) =>
        Apply(context.Response.Headers, path.StartsWith("/device/", StringComparison.Ordinal) ? DevicePolicy : Policy);

    /// <summary>Adds them to an answer of the Orleans Dashboard.</summary>
    public static void ApplyToDashboard(HttpContext context) => Apply(context.Response.Headers, DashboardPolicy);

    private static void Apply(IHeaderDictionary headers, string policy)
    {
        headers[HeaderNames.ContentSecurityPolicy] = policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
