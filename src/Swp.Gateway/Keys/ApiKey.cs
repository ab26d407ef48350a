using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Swp.Gateway.Keys;

/// <summary>One key: who it stands for and what it may do. The key itself is known to its owner alone.</summary>
internal sealed class ApiKey
{
    /// <summary>The name of who calls while there are no keys.</summary>
    public const string NoName = "anonymous";

    /// <summary>The scheme's name.</summary>
    public const string Scheme = "ApiKey";

    private readonly byte[] _hash;
    private readonly FrozenSet<ApiScope> _scopes;
    private readonly FrozenSet<string>? _types;

    /// <param name="name">Its name.</param>
    /// <param name="hash">The SHA-256 of the key.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="types">To clients of which types; <see langword="null"/> for all.</param>
    public ApiKey(string name, byte[] hash, IEnumerable<ApiScope> scopes, IEnumerable<string>? types)
    {
        Name = name;
        _hash = hash;
        _scopes = scopes.ToFrozenSet();
        _types = types?.ToFrozenSet(StringComparer.Ordinal);
        Success = AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ApiKeyIdentity(this)), Scheme));
    }

    /// <summary>Who calls while there are no keys: only this machine can, and it may do everything.</summary>
    public static ApiKey None { get; } = new(NoName, [], [ApiScope.Admin], types: null);

    public string Name { get; }

    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>The result of every request that presents this key.</summary>
    public AuthenticateResult Success { get; }

    /// <summary>What it may do.</summary>
    public IReadOnlyCollection<ApiScope> Scopes => _scopes;

    /// <summary>The types it is for; <see langword="null"/> for all.</summary>
    public IReadOnlyCollection<string>? TypeNames => _types;

    /// <summary>The types it is for, in words.</summary>
    public string Types => string.Join(", ", _types?.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());

    /// <summary>Whether it has a scope.</summary>
    public bool May(ApiScope scope) => _scopes.Contains(scope) || _scopes.Contains(ApiScope.Admin);

    /// <summary>Whether it is for clients of a type; of <see langword="null"/>: of every type.</summary>
    public bool IsFor(string? type) => _types is null || (type is not null && _types.Contains(type));

    /// <summary>Whether another key is the same in every respect.</summary>
    public bool IsSameAs(ApiKey other) =>
        Name == other.Name
        && Hash.SequenceEqual(other.Hash)
        && _scopes.SetEquals(other._scopes)
        && (_types is null ? other._types is null : other._types is not null && _types.SetEquals(other._types));
}
