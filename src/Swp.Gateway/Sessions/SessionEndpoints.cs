using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;
using Swp.Gateway.Api;
using Swp.Gateway.Audit;
using Swp.Gateway.Dashboards;
using Swp.Gateway.Keys;

namespace Swp.Gateway.Sessions;

/// <summary><c>/session</c>: who the browser speaks as, signing in with a key, and signing out. Open to everybody: it is where one becomes somebody.</summary>
internal static class SessionEndpoints
{
    private const string Path = "/session";
    private const string UnknownKey = "unknown key";
    private const string ForeignPage = "not asked by a page of this server";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var dashboard = ClusterDashboard.IsOn(routes.ServiceProvider);
        var session = routes.MapGroup(Path).ExcludeFromDescription();
        session.MapGet("", (HttpContext context, ApiKeyStore keys) => ShowAsync(context, keys, dashboard));
        session.MapPost("", (HttpContext context, ApiKeyStore keys, AuditLog audit, TimeProvider time) => SignInAsync(context, keys, audit, time, dashboard));
        session.MapDelete("", SignOutAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, ApiKeyStore keys, bool dashboard)
    {
        var who = await context.AuthenticateAsync(ApiKey.Scheme);
        return Show(context, keys, who.Succeeded ? ApiKeyIdentity.KeyOf(who.Principal) : null, dashboard);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, ApiKeyStore keys, AuditLog audit, TimeProvider time, bool dashboard)
    {
        if (!PageRequest.IsOwn(context.Request))
        {
            return Refuse(context, audit);
        }

        var (body, unreadable) = await ApiBody.ReadAsync(context, SessionJson.Default.SignInBody, "sign-in");
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (keys.Current.Find(body.Key?.Trim() ?? "") is not { } key)
        {
            audit.Refused(context, UnknownKey);
            return ApiProblem.Unauthorized("The API key is not known here.");
        }

        await context.SignInAsync(SessionCookie.Scheme, SessionCookie.Describe(key, time.GetUtcNow()));
        audit.Session(context, "sign-in", key.Name);
        return Show(context, keys, key, dashboard);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, AuditLog audit)
    {
        if (!PageRequest.IsOwn(context.Request))
        {
            return Refuse(context, audit);
        }

        if (await context.AuthenticateAsync(ApiKey.Scheme) is { Succeeded: true, Principal: { } who })
        {
            audit.Session(context, "sign-out", ApiKeyIdentity.NameOf(who));
        }

        await context.SignOutAsync(SessionCookie.Scheme);
        return Results.NoContent();
    }

    private static IResult Refuse(HttpContext context, AuditLog audit)
    {
        audit.Refused(context, ForeignPage);
        return ApiProblem.Forbidden($"Only pages of this server sign in and out: the header {PageRequest.Header} is missing, or the Origin is another one.");
    }

    private static IResult Show(HttpContext context, ApiKeyStore keys, ApiKey? key, bool dashboard)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var body = new SessionBody
        {
            Required = !keys.Current.IsEmpty,
            Name = key?.Name,
            Dashboard = dashboard,
            Scopes = key is null ? [] : [.. key.Scopes.Select(ApiAccessHandler.NameOf)],
            Types = key?.TypeNames?.Order(StringComparer.Ordinal).ToArray(),
        };
        return Results.Json(body, SessionJson.Default.SessionBody);
    }
}
