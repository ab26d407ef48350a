using Microsoft.AspNetCore.Authorization;

namespace Swp.Gateway.Keys;

/// <summary>Decides whether the key of a request has what its endpoint needs.</summary>
internal sealed class ApiAccessHandler : AuthorizationHandler<ApiAccessRequirement>
{
    /// <summary>What a key lacks for a request, in words; <see langword="null"/> when it lacks nothing.</summary>
    public static string? Lacking(ApiKey key, HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ApiAccess>() is not { } access)
        {
            return "This call is open to nobody.";
        }

        if (!key.May(access.Scope))
        {
            return $"The API key '{key.Name}' lacks the scope '{NameOf(access.Scope)}': add it to {ApiKeyReader.Section}:{key.Name}:Scopes, or use another key.";
        }

        var type = access.TypeOf(context);
        return key.IsFor(type) && IsWhatWasRouted(type, context)
            ? null
            : $"The API key '{key.Name}' is for clients of these types only: {key.Types}. Use another key, or add the type to {ApiKeyReader.Section}:{key.Name}:Types.";

        // A path with ".." names one type as it was sent and another one where it leads.
        bool IsWhatWasRouted(string? type, HttpContext context) =>
            key.IsFor(type: null) || context.GetRouteValue("type") is not string routed || routed == type;
    }

    /// <summary>A scope's name, as it is configured.</summary>
    public static string NameOf(ApiScope scope) => scope switch
    {
        ApiScope.Call => "call",
        ApiScope.Read => "read",
        _ => "admin",
    };

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ApiAccessRequirement requirement)
    {
        if (context.Resource is HttpContext http && ApiKeyIdentity.KeyOf(context.User) is { } key && Lacking(key, http) is null)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
