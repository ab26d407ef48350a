using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Swp.Gateway.Api;
using Swp.Gateway.Audit;
using Swp.Gateway.Hosting;
using Swp.Gateway.Sessions;

namespace Swp.Gateway.Keys;

/// <summary>Who calls the server API: the key in <c>X-Api-Key</c>, or in <c>Authorization: Bearer</c>; of a request without one the browser's session.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeyStore keys,
    AuditLog audit) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Header = "X-Api-Key";
    private const string Bearer = "Bearer ";
    private const string NoKey = "no key";
    private const string UnknownKey = "unknown key";
    private const string SessionEnded = "the session has ended";
    private const string ForeignPage = "not asked by a page of this server";
    private const string NotLocal = "not local, and there are no keys";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Authenticate() is { } result ? Task.FromResult(result) : AuthenticateSessionAsync();

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var why = (await HandleAuthenticateOnceAsync()).Failure?.Message ?? NoKey;
        Response.Headers.WWWAuthenticate = why == UnknownKey ? "Bearer realm=\"swp\", error=\"invalid_token\"" : "Bearer realm=\"swp\"";
        audit.Refused(Context, why);
        if (IsForAPerson())
        {
            Response.Redirect($"/signin/?then={Uri.EscapeDataString($"{Request.Path}{Request.QueryString}")}");
            return;
        }

        await ApiProblem.Unauthorized(why switch
        {
            UnknownKey => "The API key is not known here. It may have been replaced: ask whoever runs this gateway for one that is in force.",
            SessionEnded => "The session has ended: sign in again.",
            ForeignPage => $"A session has an effect only when a page of this server asks: the header {PageRequest.Header} is missing, or the Origin is another one.",
            NotLocal => "Without API keys only programs of this machine may call, by a loopback address or localhost, and pages of this machine. Configure Swp:ApiKeys.",
            _ => $"This call needs an API key: send it in the header {Header}, or as Authorization: Bearer.",
        }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var key = ApiKeyIdentity.KeyOf(Context.User) ?? ApiKey.None;
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<ApiAccess>()?.Scope;
        Response.Headers.WWWAuthenticate = scope is { } needed
            ? $"Bearer realm=\"swp\", error=\"insufficient_scope\", scope=\"{ApiAccessHandler.NameOf(needed)}\""
            : "Bearer realm=\"swp\", error=\"insufficient_scope\"";
        audit.Refused(Context, scope is { } asked && key.May(asked) ? "type not allowed" : "scope missing");
        return ApiProblem.Forbidden(ApiAccessHandler.Lacking(key, Context)).ExecuteAsync(Context);
    }

    private bool IsForAPerson() =>
        HttpMethods.IsGet(Request.Method)
        && Context.GetEndpoint()?.Metadata.GetMetadata<SignInFirst>() is not null
        && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    // Null: no key was presented, and there may be a session.
    private AuthenticateResult? Authenticate()
    {
        // A client's token is none of the server API's business.
        if (Listener.Of(Context) == Listener.Clients)
        {
            return AuthenticateResult.NoResult();
        }

        var current = keys.Current;
        if (current.IsEmpty)
        {
            return LocalCaller.Is(Context) ? ApiKey.None.Success : AuthenticateResult.Fail(NotLocal);
        }

        return Presented() is { } presented ? current.Find(presented)?.Success ?? AuthenticateResult.Fail(UnknownKey) : null;
    }

    private async Task<AuthenticateResult> AuthenticateSessionAsync()
    {
        var session = await Context.AuthenticateAsync(SessionCookie.Scheme);
        if (session.None)
        {
            return AuthenticateResult.NoResult();
        }

        if (!session.Succeeded || SessionCookie.KeyOf(session.Principal, keys.Current, TimeProvider.GetUtcNow()) is not { } key)
        {
            return AuthenticateResult.Fail(SessionEnded);
        }

        return PageRequest.IsOwn(Request) ? key.Success : AuthenticateResult.Fail(ForeignPage);
    }

    private string? Presented()
    {
        if (Request.Headers.TryGetValue(Header, out var header))
        {
            return header.ToString();
        }

        var authorization = Request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }
}
