using System.Text;
using Swp.Bench.Reports.Plots;

namespace Swp.Bench.Reports.Writing;

/// <summary>A report as files.</summary>
public static class ReportFiles
{
    /// <summary>Writes <c>bench.json</c>, <c>bench.md</c> and the plots; the directory is made when there is none.</summary>
    /// <returns>The paths of the files.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(BenchReport report, string directory, CancellationToken cancellationToken = default)
    {
        Directory.CreateDirectory(directory);
        (string Name, string Content)[] files =
        [
            ("bench.json", JsonReport.Write(report)),
            ("bench.md", MarkdownReport.Write(report)),
            .. PlotSet.Of(report).Select(plot => (plot.FileName, plot.ToXml())),
        ];
        var paths = new List<string>(files.Length);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(directory, name);
            await File.WriteAllTextAsync(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            paths.Add(path);
        }

        return paths;
    }
}
