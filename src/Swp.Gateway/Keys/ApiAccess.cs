namespace Swp.Gateway.Keys;

/// <summary>What a key needs for an endpoint. An endpoint of the server API without one is refused to everybody.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="TypeOf">The client type that a request is about; <see langword="null"/> of all.</param>
internal sealed record ApiAccess(ApiScope Scope, Func<HttpContext, string?> TypeOf);
