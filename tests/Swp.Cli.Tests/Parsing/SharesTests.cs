using Swp.Cli.Parsing;

namespace Swp.Cli.Tests.Parsing;

public sealed class SharesTests
{
    [Theory]
    [InlineData("5%", 0.05)]
    [InlineData("0.05", 0.05)]
    [InlineData("100%", 1)]
    [InlineData("0", 0)]
    public void TryParse_Share_IsRead(string text, double share)
    {
        Assert.True(Shares.TryParse(text, out var parsed));
        Assert.Equal(share, parsed, 10);
    }

    [Theory]
    [InlineData("101%")]
    [InlineData("2")]
    [InlineData("-1%")]
    [InlineData("some")]
    [InlineData("")]
    public void TryParse_AnythingElse_IsNot(string text) => Assert.False(Shares.TryParse(text, out _));

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(0.05, 100, 5)]
    [InlineData(0.1, 1000, 100)]
    [InlineData(0.333, 10, 3)]
    [InlineData(1, 7, 7)]
    public void Has_WholeCrowd_IsAsManyAsTheShareSays(double share, int crowd, int members) =>
        Assert.Equal(members, Enumerable.Range(0, crowd).Count(index => Shares.Has(share, index)));
}
