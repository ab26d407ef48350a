using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Swp.Clients;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Keys;

/// <summary>Reads <c>Swp:ApiKeys:{name}:{Hash, Scopes, Types}</c>. What it says of a bad one never repeats a hash: it may be the key itself, put there by mistake.</summary>
internal static partial class ApiKeyReader
{
    public const string Section = "Swp:ApiKeys";
    private const int MaxKeys = 256;

    private static readonly byte[] HashOfNothing = SHA256.HashData([]);

    /// <summary>Reads all keys.</summary>
    /// <exception cref="StartupException">One breaks a rule.</exception>
    public static ApiKeySet Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new StartupException($"{Section}: expected named keys, {Section}:NAME:Hash and {Section}:NAME:Scopes.");
        }

        var keys = ImmutableArray.CreateBuilder<ApiKey>();
        foreach (var named in section.GetChildren())
        {
            var key = Read(named);
            if (keys.FirstOrDefault(other => CryptographicOperations.FixedTimeEquals(other.Hash, key.Hash)) is { } twin)
            {
                throw new StartupException($"{named.Path}:Hash: the same as that of {twin.Name}; every name has a key of its own.");
            }

            keys.Add(key);
        }

        return keys.Count > MaxKeys ? throw new StartupException($"{Section}: {keys.Count} keys; at most {MaxKeys}.") : new ApiKeySet(keys.ToImmutable());
    }

    /// <summary>Whether a key can have this name.</summary>
    public static bool IsValidName(string name) => NamePattern().IsMatch(name) && name != ApiKey.NoName;

    private static ApiKey Read(IConfigurationSection named)
    {
        if (!IsValidName(named.Key))
        {
            throw new StartupException($"{Section}:{named.Key}: a name has 1 to 64 characters of A-Z, a-z, 0-9, '_', '.' and '-', and is not '{ApiKey.NoName}'.");
        }

        if (named.GetChildren().FirstOrDefault(child => !ApiKeySettings.All.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new StartupException($"{unknown.Path} is no setting. A key has Hash, Scopes and Types.");
        }

        return new ApiKey(named.Key, ReadHash(named), ReadScopes(named.GetSection(ApiKeySettings.Scopes)), ReadTypes(named.GetSection(ApiKeySettings.Types)));
    }

    private static byte[] ReadHash(IConfigurationSection named)
    {
        var path = $"{named.Path}:{ApiKeySettings.Hash}";
        var text = named[ApiKeySettings.Hash]?.Trim() ?? "";
        var hash = new byte[SHA256.HashSizeInBytes];
        var isHash = text.Length == 2 * hash.Length
            ? Convert.FromHexString(text, hash, out _, out _) == System.Buffers.OperationStatus.Done
            : text.Length is 43 or 44 && Convert.TryFromBase64String(text.PadRight(44, '='), hash, out var length) && length == hash.Length;
        if (!isHash)
        {
            throw new StartupException($"{path}: expected the SHA-256 of a key, 64 hexadecimal digits or 44 characters of base64. 'keygen NAME' makes a key and its hash.");
        }

        return hash.All(value => value == hash[0]) || hash.AsSpan().SequenceEqual(HashOfNothing) || hash.AsSpan().SequenceEqual(ApiKeySet.HashOf(named.Key))
            ? throw new StartupException($"{path}: not the hash of a random key. 'keygen NAME' makes a key and its hash.")
            : hash;
    }

    private static List<ApiScope> ReadScopes(IConfigurationSection section)
    {
        var scopes = new List<ApiScope>();
        foreach (var text in SettingList.Of(section))
        {
            scopes.Add(text.ToUpperInvariant() switch
            {
                "CALL" => ApiScope.Call,
                "READ" => ApiScope.Read,
                "ADMIN" => ApiScope.Admin,
                _ => throw new StartupException($"{section.Path} = {text}: a scope is call, read or admin."),
            });
        }

        return scopes.Count == 0 ? throw new StartupException($"{section.Path}: at least one of call, read, admin.") : scopes;
    }

    private static IReadOnlyList<string>? ReadTypes(IConfigurationSection section)
    {
        if (!section.Exists() && section.Value is null)
        {
            return null;
        }

        var types = SettingList.Of(section);
        if (types.FirstOrDefault(type => !ClientKey.IsValidType(type)) is { } wrong)
        {
            throw new StartupException($"{section.Path} = {wrong}: no name of a client type.");
        }

        // An empty list could mean none as well as all.
        return types.Count == 0 ? throw new StartupException($"{section.Path}: at least one client type; left out, the key is for all.") : types;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex NamePattern();
}
