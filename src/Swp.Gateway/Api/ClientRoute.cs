using Microsoft.AspNetCore.Http.Features;
using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>The client a request's path names: <c>/api/v1/clients/{type}/{id}/…</c>.</summary>
internal static class ClientRoute
{
    private const int TypeSegment = 4;

    /// <summary>
    /// Reads it from the path as it was sent. Routing leaves <c>%2F</c> encoded and decodes the rest, so that an id with a slash and one with the
    /// text "%2F" would be the same.
    /// </summary>
    public static bool TryRead(HttpContext context, out string type, out string id)
    {
        var segments = SegmentsOf(context);
        if (segments.Length <= TypeSegment + 1)
        {
            type = id = "";
            return false;
        }

        type = Uri.UnescapeDataString(segments[TypeSegment]);
        id = Uri.UnescapeDataString(segments[TypeSegment + 1]);
        return ClientKey.IsValidId(id);
    }

    /// <summary>The client type that a path names where those of clients do, as it was sent; <see langword="null"/> when it names none.</summary>
    public static string? TypeOf(HttpContext context)
    {
        var segments = SegmentsOf(context);
        return segments.Length > TypeSegment ? Uri.UnescapeDataString(segments[TypeSegment]) : null;
    }

    private static string[] SegmentsOf(HttpContext context)
    {
        var target = PathOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return (query < 0 ? target : target[..query]).Split('/');
    }

    // A request through a proxy names the whole URL (RFC 9112, absolute-form).
    private static string PathOf(string target)
    {
        if (target.StartsWith('/') || target.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var scheme))
        {
            return target;
        }

        var path = target.IndexOf('/', scheme + 3);
        return path < 0 ? "/" : target[path..];
    }
}
