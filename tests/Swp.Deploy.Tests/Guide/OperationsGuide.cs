using System.Text.RegularExpressions;
using Swp.Testing.Processes;

namespace Swp.Deploy.Tests.Guide;

/// <summary><c>docs/operations.md</c>.</summary>
internal static partial class OperationsGuide
{
    public static string File { get; } = Path.Combine(BuiltProgram.Root, "docs", "operations.md");

    public static string Text { get; } = System.IO.File.ReadAllText(File);

    /// <summary>What stands below a heading, up to the next one of its rank or above.</summary>
    public static string Section(string heading)
    {
        var start = Text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The guide has no '{heading}'.");
        var rank = heading.TakeWhile(character => character == '#').Count();
        var rest = Text[(start + heading.Length + 2)..];
        var next = AnyHeading().Matches(rest).FirstOrDefault(match => match.Groups["rank"].Length <= rank);
        return next is null ? rest : rest[..next.Index];
    }

    /// <summary>The cells of the rows of the first table below a heading.</summary>
    public static IReadOnlyList<string[]> Rows(string heading) =>
    [
        .. Section(heading).Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    /// <summary>What a link to a heading of a document is written as.</summary>
    public static HashSet<string> AnchorsOf(string document) =>
        [.. AnyHeading().Matches(document).Select(match => NotInAnchor().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex("^(?<rank>#+) (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex AnyHeading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
