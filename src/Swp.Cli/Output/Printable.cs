using System.Globalization;
using System.Text;

namespace Swp.Cli.Output;

/// <summary>Text that came over the network must not steer the terminal.</summary>
internal static class Printable
{
    /// <summary>The text with its control characters written out.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                result.Append(character);
            }
        }

        return result.ToString();
    }
}
