using System.Security.Claims;

namespace Swp.Gateway.Keys;

/// <summary>Who a request comes from: the key it presented.</summary>
internal sealed class ApiKeyIdentity(ApiKey key) : ClaimsIdentity([new Claim(DefaultNameClaimType, key.Name)], ApiKey.Scheme)
{
    public ApiKey Key => key;

    /// <summary>The key of a request, once it is known.</summary>
    public static ApiKey? KeyOf(ClaimsPrincipal user)
    {
        foreach (var identity in user.Identities)
        {
            if (identity is ApiKeyIdentity { Key: var key })
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The name of who a request comes from.</summary>
    public static string NameOf(ClaimsPrincipal user) => KeyOf(user)?.Name ?? ApiKey.NoName;
}
