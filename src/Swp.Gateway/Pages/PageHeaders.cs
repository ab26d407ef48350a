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

    /// <summary>Adds them to an answer.</summary>
    public static void Apply(HttpContext context, string path)
    {
        var headers = context.Response.Headers;
        headers[HeaderNames.ContentSecurityPolicy] = path.StartsWith("/device/", StringComparison.Ordinal) ? DevicePolicy : Policy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
