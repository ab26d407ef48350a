using Swp.Gateway.Api;

namespace Swp.Gateway.Keys;

/// <summary>Says what a key needs for an endpoint.</summary>
internal static class ApiAccessExtensions
{
    /// <summary>Needs a scope, for the client type that the path names (<c>/api/v1/…/{type}</c>), or for every type when it names none.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, ApiScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireScope(scope, ClientRoute.TypeOf);

    /// <summary>Needs a scope, for a client type.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, ApiScope scope, Func<HttpContext, string?> typeOf)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ApiAccess(scope, typeOf));
}
