using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Swp.Gateway.Tokens;

/// <summary>
/// The token of a handshake. One in the query is taken out of the request before anybody sees it: the framework writes whole queries to its log, and
/// whatever traces or reports a request has them too.
/// </summary>
internal static class HandshakeToken
{
    private const string Parameter = "access_token";
    private const string Scheme = "Bearer ";

    private static readonly object Key = new();

    /// <summary>The token of a request: that of its <c>Authorization</c> header, else the one that was in its query. The request, which lasts as long as its socket, keeps neither.</summary>
    public static string? Take(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        context.Request.Headers.Authorization = default;
        context.Items.TryGetValue(Key, out var token);
        context.Items.Remove(Key);
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : (string?)token;
    }

    /// <summary>Keeps a token that was taken out of the query.</summary>
    public static void Keep(HttpContext context, string token) => context.Items[Key] = token;

    /// <summary>Takes the token out of a request's query, and out of the target it was read from.</summary>
    /// <returns>The token; several are none that could be valid. <see langword="null"/> when there is none.</returns>
    public static string? TakeFrom(IHttpRequestFeature request)
    {
        if (request.QueryString.Length <= 1)
        {
            return null;
        }

        string? token = null;
        var rest = new QueryString();
        foreach (var pair in new QueryStringEnumerable(request.QueryString))
        {
            if (pair.DecodeName().Span.Equals(Parameter, StringComparison.OrdinalIgnoreCase))
            {
                var value = pair.DecodeValue().ToString();
                token = token is null ? value : $"{token},{value}";
            }
            else
            {
                rest = rest.Add(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            }
        }

        if (token is not null)
        {
            request.QueryString = rest.Value ?? "";
            var query = request.RawTarget.IndexOf('?', StringComparison.Ordinal);
            request.RawTarget = query < 0 ? request.RawTarget : request.RawTarget[..query] + rest.Value;
        }

        return token;
    }
}
