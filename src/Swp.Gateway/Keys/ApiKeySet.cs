using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Swp.Gateway.Keys;

/// <summary>The keys that are in force.</summary>
internal sealed class ApiKeySet(ImmutableArray<ApiKey> keys)
{
    /// <summary>The fewest characters that can hold 256 random bits (base64): what is shorter is a password, and no hash makes one safe.</summary>
    public const int MinLength = 43;

    /// <summary>No key is longer.</summary>
    public const int MaxLength = 256;

    private const int MaxUtf8Length = MaxLength * 3;

    public static ApiKeySet Empty { get; } = new([]);

    public bool IsEmpty => keys.IsEmpty;

    public IEnumerable<string> Names => keys.Select(key => key.Name);

    /// <summary>The hash that a key is known by.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Finds the key that was presented. Takes as long whichever it is: every hash is compared, and all of it.</summary>
    public ApiKey? Find(string presented)
    {
        if (presented.Length is < MinLength or > MaxLength)
        {
            return null;
        }

        Span<byte> utf8 = stackalloc byte[MaxUtf8Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(presented, utf8)], hash);
        CryptographicOperations.ZeroMemory(utf8);
        ApiKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
            {
                found = key;
            }
        }

        return found;
    }

    /// <summary>Finds a key that was in force before, and still is: the same name with the same hash.</summary>
    public ApiKey? FindAgain(string name, ReadOnlySpan<byte> hash)
    {
        foreach (var key in keys)
        {
            if (key.Name == name)
            {
                return CryptographicOperations.FixedTimeEquals(hash, key.Hash) ? key : null;
            }
        }

        return null;
    }

    /// <summary>Whether another set is the same.</summary>
    public bool IsSameAs(ApiKeySet other) =>
        keys.Length == other.Keys.Length && keys.Zip(other.Keys).All(pair => pair.First.IsSameAs(pair.Second));

    private ImmutableArray<ApiKey> Keys => keys;
}
