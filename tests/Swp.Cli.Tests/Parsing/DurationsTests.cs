using Swp.Cli.Parsing;

namespace Swp.Cli.Tests.Parsing;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("10", 10_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("5m", 300_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData("0", 0)]
    public void TryParse_Time_IsRead(string text, long milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 hour")]
    [InlineData("1e9d")]
    [InlineData("999999999999999d")]
    [InlineData("NaN")]
    public void TryParse_AnythingElse_IsNot(string? text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0.31, "0.3 ms")]
    [InlineData(51, "51 ms")]
    [InlineData(2500, "2.5 s")]
    [InlineData(125_000, "2 min 5 s")]
    [InlineData(7_500_000, "2 h 5 min")]
    public void Show_Time_IsShort(double milliseconds, string text) => Assert.Equal(text, Durations.Show(TimeSpan.FromMilliseconds(milliseconds)));
}
