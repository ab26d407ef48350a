using System.Text;
using Spectre.Console.Rendering;
using Swp.Cluster.Logging;

namespace Swp.Cli.Output;

/// <summary>Rows in columns, as wide as their content, the same on a terminal and in a file. Chinese characters take two columns.</summary>
internal static class TextColumns
{
    private const string Gap = "  ";

    /// <summary>The rows as lines.</summary>
    public static string Format(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            return "";
        }

        var cells = rows.Select(row => row.Select(cell => SafeText.Of(cell)).ToArray()).ToArray();
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => Width(row[column]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            var line = string.Join(Gap, row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell))));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static int Width(string text) => text.Length == 0 ? 0 : new Segment(text).CellCount();
}
