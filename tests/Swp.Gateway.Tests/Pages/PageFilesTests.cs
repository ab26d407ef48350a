using System.Text;
using System.Text.RegularExpressions;
using Swp.Gateway.Pages;

namespace Swp.Gateway.Tests.Pages;

public sealed partial class PageFilesTests
{
    [Fact]
    public void Read_HasEachPageAtItsFolder() =>
        Assert.Superset(new HashSet<string> { "/device/", "/device/device.js", "/shared/theme.css", "/signin/" }, PageFiles.Read().Select(file => file.Path).ToHashSet());

    [Fact]
    public void Tag_ChangesWithTheContent() =>
        Assert.NotEqual(new PageFile("a.js", "a"u8.ToArray()).Tag, new PageFile("a.js", "b"u8.ToArray()).Tag);

    [Fact]
    public void PageFile_OfAnUnknownKind_IsRefused() =>
        Assert.Contains(".exe", Assert.Throws<InvalidOperationException>(() => new PageFile("a.exe", [])).Message, StringComparison.Ordinal);

    /// <summary>The browser would refuse it too; here it is found without one.</summary>
    [Fact]
    public void Pages_HaveNoInlineScriptAndMakeNoMarkupOfText()
    {
        foreach (var file in PageFiles.Read())
        {
            var text = Encoding.UTF8.GetString(file.Content);
            Assert.False(Inline().IsMatch(text), $"{file.Path}: {Inline().Match(text).Value}");
        }
    }

    /// <summary>Nothing of another host: no font, no library.</summary>
    [Fact]
    public void Pages_AskNobodyElse()
    {
        foreach (var file in PageFiles.Read())
        {
            var text = Encoding.UTF8.GetString(file.Content).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.False(Foreign().IsMatch(text), $"{file.Path}: {Foreign().Match(text).Value}");
        }
    }

    [GeneratedRegex("""<script(?![^>]*\bsrc=)|\son[a-z]+=["']|\sstyle="|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function""")]
    private static partial Regex Inline();

    [GeneratedRegex("""https?://[a-z]|["'(]//[a-z]""")]
    private static partial Regex Foreign();
}
