using System.Text;

namespace Swp.Samples.Common;

/// <summary>Text on a terminal.</summary>
public static class Terminal
{
    /// <summary>One line about what happens, with the time.</summary>
    public static void Log(string message) => Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {Clean(message)}");

    /// <summary>Without control characters: what came over the network must not steer the terminal.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, (result, source) =>
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });

    /// <summary>Filled up with blanks to <paramref name="width"/> columns.</summary>
    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>How many columns it takes: Chinese characters take two.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += IsWide(rune) ? 2 : 1;
        }

        return width;
    }

    private static bool IsWide(Rune rune) => rune.Value
        is (>= 0x1100 and <= 0x115F)
        or (>= 0x2E80 and <= 0xA4CF)
        or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x20000 and <= 0x3FFFD);
}
