using System.Xml.Linq;
using Swp.Bench.Reports.Writing;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Writing;

public sealed class ReportFilesTests
{
    [Fact]
    public async Task WriteAsync_WritesJsonMarkdownAndPlots()
    {
        var directory = Directory.CreateTempSubdirectory("swp-bench");
        try
        {
            var files = await ReportFiles.WriteAsync(new TestRun().Rates("ours", 1).Report(), Path.Combine(directory.FullName, "new"), TestContext.Current.CancellationToken);

            Assert.Equal(["bench.json", "bench.md", "call.svg"], files.Select(Path.GetFileName));
            Assert.Equal("svg", XDocument.Load(files[2]).Root!.Name.LocalName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
