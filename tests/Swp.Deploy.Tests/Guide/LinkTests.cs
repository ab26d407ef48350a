using System.Text.RegularExpressions;

namespace Swp.Deploy.Tests.Guide;

/// <summary>Whoever is woken up does not look for what is not there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_lead_to_files_and_headings_that_are_there()
    {
        var links = Link().Matches(OperationsGuide.Text);
        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            var (path, anchor) = (link.Groups["path"].Value, link.Groups["anchor"].Value);
            var file = path.Length == 0 ? OperationsGuide.File : Path.Combine(Path.GetDirectoryName(OperationsGuide.File)!, path);
            Assert.True(File.Exists(file) || Directory.Exists(file), link.Value);
            Assert.True(anchor.Length == 0 || OperationsGuide.AnchorsOf(File.ReadAllText(file)).Contains(anchor), link.Value);
        });
    }

    [GeneratedRegex(@"\]\((?<path>[^)#:]*)(#(?<anchor>[^)]*))?\)")]
    private static partial Regex Link();
}
