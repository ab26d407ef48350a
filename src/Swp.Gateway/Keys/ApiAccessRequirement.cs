using Microsoft.AspNetCore.Authorization;

namespace Swp.Gateway.Keys;

/// <summary>The key of the request has what the endpoint needs.</summary>
internal sealed class ApiAccessRequirement : IAuthorizationRequirement
{
    /// <summary>The policy of every endpoint of the server API; each says with <see cref="ApiAccess"/> what it needs.</summary>
    public static AuthorizationPolicy Policy { get; } =
        new AuthorizationPolicyBuilder(ApiKey.Scheme).RequireAuthenticatedUser().AddRequirements(new ApiAccessRequirement()).Build();
}
