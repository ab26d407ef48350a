using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Swp.Clients;

/// <summary>
/// The stable name of a client: its type and its id. It is what callers use, and the key of the grain that owns the client.
/// </summary>
[GenerateSerializer, Immutable, Alias("swp.ClientKey")]
public readonly record struct ClientKey
{
    /// <summary>Longest allowed type, in characters.</summary>
    public const int MaxTypeLength = 32;

    /// <summary>Longest allowed id, in UTF-16 characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>The type of the grain that owns a client.</summary>
    public const string GrainTypeName = "client";

    private static readonly GrainType ClientGrainType = GrainType.Create(GrainTypeName);
    private static readonly SearchValues<char> TypeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Makes a key from its two parts.</summary>
    /// <param name="type">Matches <c>[a-z0-9][a-z0-9_-]{0,31}</c>.</param>
    /// <param name="id">1 to 128 characters, no control characters, no unpaired surrogates.</param>
    /// <exception cref="ArgumentException">A part breaks its rule.</exception>
    public ClientKey(string type, string id)
    {
        if (!IsValidType(type))
        {
            throw new ArgumentException($"'{type}' is no client type: it must match [a-z0-9][a-z0-9_-]{{0,31}}.", nameof(type));
        }

        if (!IsValidId(id))
        {
            throw new ArgumentException("A client id has 1 to 128 characters, no control characters and no unpaired surrogates.", nameof(id));
        }

        Type = type;
        Id = id;
    }

    /// <summary>The client's type, for example <c>caller</c>.</summary>
    [Id(0)]
    public string Type { get; }

    /// <summary>The client's id within its type, for example <c>999</c>.</summary>
    [Id(1)]
    public string Id { get; }

    /// <summary>Whether <paramref name="type"/> may be the type of a client.</summary>
    public static bool IsValidType([NotNullWhen(true)] string? type) =>
        type is { Length: >= 1 and <= MaxTypeLength }
        && type[0] is not ('_' or '-')
        && !type.AsSpan().ContainsAnyExcept(TypeCharacters);

    /// <summary>Whether <paramref name="id"/> may be the id of a client.</summary>
    public static bool IsValidId([NotNullWhen(true)] string? id) => id is { Length: >= 1 and <= MaxIdLength } && PlainText.IsPlain(id);

    /// <summary>Reads what <see cref="ToString"/> wrote: <c>type/id</c>. The id may itself hold slashes.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> is no client key.</exception>
    public static ClientKey Parse(string value) =>
        TryParse(value, out var key) ? key : throw new FormatException($"'{value}' is no client key: expected type/id.");

    /// <summary>Reads what <see cref="ToString"/> wrote, without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out ClientKey key)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash > 0 && IsValidType(value![..slash]) && IsValidId(value[(slash + 1)..]))
        {
            key = new ClientKey(value[..slash], value[(slash + 1)..]);
            return true;
        }

        key = default;
        return false;
    }

    /// <summary>
    /// The identity of the grain that owns the client. Made here and not looked up by interface, which fails in a process that has not yet heard of
    /// any owner.
    /// </summary>
    public GrainId ToGrainId() => GrainId.Create(ClientGrainType, ToString());

    /// <summary><c>type/id</c>, the grain key.</summary>
    public override string ToString() => $"{Type}/{Id}";
}
