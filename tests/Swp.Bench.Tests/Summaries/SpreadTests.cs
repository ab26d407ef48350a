using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Tests.Summaries;

public sealed class SpreadTests
{
    [Fact]
    public void Of_OddRounds_IsTheMiddleOne() => Assert.Equal(new Spread(5, 1, 9, 3), Spread.Of([9, 1, 5]));

    [Fact]
    public void Of_EvenRounds_IsTheMeanOfTheMiddleTwo() => Assert.Equal(new Spread(4, 1, 100, 4), Spread.Of([100, 3, 1, 5]));

    [Fact]
    public void Of_Nothing_IsNull() => Assert.Null(Spread.Of([]));
}
