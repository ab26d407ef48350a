using System.Reflection;
using System.Text.RegularExpressions;
using Swp.Protocol;

namespace Swp.Grains.Tests.Protocol;

/// <summary>What docs/protocol.md says of error codes and close codes is what the code does, and all of it.</summary>
public sealed partial class DocumentedErrorsTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Document = File.ReadAllText(Path.Combine(Root, "docs", "protocol.md"));

    // What the product's own code says, without the places that give the codes their names.
    private static readonly string Source = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file) is not ("ErrorCodes.cs" or "CloseCode.cs" or "CloseCodes.cs"))
            .Select(File.ReadAllText));

    [Fact]
    public void ErrorCodes_TheTableNamesThoseThereAre() =>
        Assert.Equal(Constants().Select(code => code.Value).Order(), Rows("### `error.code`").Select(row => row.Code).Order());

    [Fact]
    public void ErrorCodes_EachCanBeProduced() =>
        Assert.All(Constants(), code => Assert.Matches($@"\bErrorCodes\.{code.Name}\b", Source));

    [Fact]
    public void ErrorCodes_EachSaysWhatToDo() =>
        Assert.All(Rows("### `error.code`"), row => Assert.True(row.Cells.Length == 4 && row.Cells[3].Length > 10, row.Code));

    [Fact]
    public void CloseCodes_TheTableNamesThoseThereAre()
    {
        var documented = Rows("### Close codes").Select(row => (int.Parse(row.Code), row.Cells[1].Trim('`'))).Order();
        Assert.Equal(Enum.GetValues<CloseCode>().Where(code => code != CloseCode.Normal).Select(code => ((int)code, code.ToReason())).Order(), documented);
    }

    [Fact]
    public void CloseCodes_EachCanBeProduced_OrIsSaidNotToBeThere()
    {
        var notYet = Document[Document.IndexOf("## 5.", StringComparison.Ordinal)..];
        Assert.All(
            Enum.GetValues<CloseCode>(),
            code => Assert.True(Regex.IsMatch(Source, $@"\bCloseCode\.{code}\b") || notYet.Contains($"close code {(int)code}", StringComparison.Ordinal), $"{code}"));
    }

    [Fact]
    public void CloseCodes_WhatToDoAgreesWithTheRuleOfTheRanges() =>
        Assert.All(Rows("### Close codes"), row => Assert.Equal(CloseCodes.MayReconnect(int.Parse(row.Code)), row.Cells[3].StartsWith("connect again", StringComparison.Ordinal)));

    private static IEnumerable<(string Name, string Value)> Constants() =>
        typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, (string)field.GetRawConstantValue()!));

    /// <summary>The rows of the first table below a heading.</summary>
    private static IEnumerable<(string Code, string[] Cells)> Rows(string heading)
    {
        var lines = Document[Document.IndexOf(heading, StringComparison.Ordinal)..].Split('\n');
        var table = lines.SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2);
        foreach (var line in table)
        {
            var cells = line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();

            // Several codes may share a row.
            foreach (Match code in CodePattern().Matches(cells[0]))
            {
                yield return (code.Value, cells);
            }
        }
    }

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Swp.sln")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }

    [GeneratedRegex("[a-z_]{3,}|[0-9]{4}")]
    private static partial Regex CodePattern();
}
