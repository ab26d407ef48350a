using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Swp.Cluster.Logging;

/// <summary>
/// Text that somebody else chose, as it may stand in a line of a log: nothing in it begins a line of its own, moves a terminal's cursor or turns the
/// direction of the text around it.
/// </summary>
internal static class SafeText
{
    /// <summary>The text with what is not harmless escaped, cut off after <paramref name="limit"/> characters.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int limit = int.MaxValue)
    {
        if (text is null || (text.Length <= limit && IsSafe(text)))
        {
            return text;
        }

        var cut = text.Length > limit ? text[..limit] : text;
        var safe = new StringBuilder(cut.Length + 16);
        for (var i = 0; i < cut.Length; i++)
        {
            if (char.IsSurrogatePair(cut, i) && !IsUnsafe(CharUnicodeInfo.GetUnicodeCategory(cut, i)))
            {
                safe.Append(cut[i]).Append(cut[++i]);
            }
            else if (IsUnsafe(char.GetUnicodeCategory(cut[i])))
            {
                Escape(safe, cut[i]);
            }
            else
            {
                safe.Append(cut[i]);
            }
        }

        return text.Length > limit ? safe.Append('…').ToString() : safe.ToString();
    }

    /// <summary>
    /// Lines that a terminal shows: as <see cref="Of"/>, but they stay lines. JSON stays JSON of the same value, for what is escaped stands nowhere but
    /// inside its strings; a tab or a carriage return between its tokens becomes a space.
    /// </summary>
    public static string OfLines(string text) => string.Join('\n', text.Replace('\r', ' ').Replace('\t', ' ').Split('\n').Select(line => Of(line)));

    private static bool IsSafe(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // What is half a surrogate pair is enumerated as this.
            if (rune == Rune.ReplacementChar || IsUnsafe(Rune.GetUnicodeCategory(rune)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUnsafe(UnicodeCategory category) => category
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate;

    private static void Escape(StringBuilder safe, char character) => _ = character switch
    {
        '\n' => safe.Append("\\n"),
        '\r' => safe.Append("\\r"),
        '\t' => safe.Append("\\t"),
        _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
    };
}
