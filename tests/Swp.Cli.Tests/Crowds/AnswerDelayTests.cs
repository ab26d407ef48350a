using Swp.Cli.Crowds;

namespace Swp.Cli.Tests.Crowds;

public sealed class AnswerDelayTests
{
    [Theory]
    [InlineData("80ms", 80, 80, 80)]
    [InlineData("10ms..200ms", 10, 200, 105)]
    [InlineData("normal:80ms,20ms", 0, 200, 80)]
    [InlineData("exp:80ms", 0, 2000, 80)]
    public void Draw_ManyTimes_IsAsTheDistributionSays(string text, double min, double max, double mean)
    {
        Assert.True(AnswerDelay.TryParse(text, out var delay));
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => delay.Draw(random).TotalMilliseconds).ToArray();
        Assert.All(drawn, milliseconds => Assert.InRange(milliseconds, min - 0.01, max + 0.01));
        Assert.InRange(drawn.Average(), mean * 0.95, mean * 1.05);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("normal:80ms")]
    [InlineData("10ms..")]
    [InlineData("exp:")]
    [InlineData("gamma:1s")]
    public void TryParse_AnythingElse_IsNot(string text) => Assert.False(AnswerDelay.TryParse(text, out _));
}
