using System.Globalization;

namespace Swp.Cluster.Logging;

/// <summary>Text as it can stand in one line of a terminal.</summary>
internal static class PlainLine
{
    /// <summary>Writes <paramref name="text"/>; what steers a terminal, ends a line or turns the direction of writing is written as <c>\u000a</c>.</summary>
    public static void Write(ReadOnlySpan<char> text, TextWriter output)
    {
        while (true)
        {
            var next = IndexOfHarmful(text);
            output.Write(next < 0 ? text : text[..next]);
            if (next < 0)
            {
                return;
            }

            output.Write($"\\u{(int)text[next]:x4}");
            text = text[(next + 1)..];
        }
    }

    private static int IndexOfHarmful(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHarmful(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsHarmful(char c) => c >= ' ' && c < '\x7f'
        ? false
        : c != '\t' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
