using System.Collections.Frozen;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Monitoring;

/// <summary>The tables of <c>docs/metrics.md</c>.</summary>
public static class Catalogue
{
    /// <summary>By the name Prometheus sees.</summary>
    public static FrozenDictionary<string, CatalogueEntry> Entries { get; } = Read().ToFrozenDictionary(entry => entry.Scraped);

    private static IEnumerable<CatalogueEntry> Read()
    {
        foreach (var line in File.ReadLines(Path.Combine(BuiltProgram.Root, "docs", "metrics.md")))
        {
            var cells = line.Split('|').Select(cell => cell.Trim()).ToArray();
            if (cells.Length == 8 && cells[3] is "counter" or "updowncounter" or "gauge" or "histogram")
            {
                var name = Bare(cells[1].TrimEnd('*', ' '));
                yield return new CatalogueEntry(
                    name,
                    Bare(cells[2]),
                    cells[3],
                    Bare(cells[4]),
                    cells[5].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Bare).ToHashSet(),
                    IsOwn: name.StartsWith("swp.", StringComparison.Ordinal),
                    IsRare: cells[1].EndsWith('*'));
            }
        }
    }

    private static string Bare(string cell) => cell.Trim().Trim('`');
}
