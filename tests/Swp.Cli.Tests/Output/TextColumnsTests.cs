using Swp.Cli.Output;

namespace Swp.Cli.Tests.Output;

public sealed class TextColumnsTests
{
    [Fact]
    public void Format_ChineseNames_KeepTheColumnsStraight() =>
        Assert.Equal("TYPE    NAME  N\ncaller  叫号  1\nx       y     22\n", TextColumns.Format([["TYPE", "NAME", "N"], ["caller", "叫号", "1"], ["x", "y", "22"]]));

    [Fact]
    public void Format_ControlCharacters_DoNotReachTheTerminal() => Assert.Equal("\\u001b[2Jx\n", TextColumns.Format([["\u001b[2Jx"]]));

    [Fact]
    public void Format_NoRows_IsNothing() => Assert.Equal("", TextColumns.Format([]));
}
