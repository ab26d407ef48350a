using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Swp.Relay;

namespace Swp.Gateway.Fleet;

/// <summary>
/// Where a page ended: which gateway, and where among its connections. It names nothing that may vanish: when the gateway is gone, the listing goes on with
/// the one that follows in the order.
/// </summary>
/// <param name="Only">The type that is listed; <see langword="null"/> for all.</param>
/// <param name="Gateway">The gateway's place in the order.</param>
/// <param name="After">Where among its connections; <see langword="null"/>: it has no more.</param>
internal sealed record ListCursor(string? Only, string Gateway, ConnectionPosition? After)
{
    private const string Version = "1";
    private const char Separator = '|';
    private const int MaxLength = 512;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListCursor? cursor)
    {
        cursor = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator) is not [Version, var only, { Length: > 0 } gateway, var type, var number]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            return false;
        }

        cursor = new ListCursor(only.Length == 0 ? null : only, gateway, type.Length == 0 ? null : new ConnectionPosition(type, parsed));
        return true;
    }

    /// <summary>The opaque text that a caller keeps.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, Version, Only, Gateway, After?.Type, (After?.Number ?? 0).ToString(CultureInfo.InvariantCulture))));
}
