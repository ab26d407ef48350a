using Swp.Grains.Promises;

namespace Swp.Grains.Tests.Promises;

public sealed class DoubtTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(1000);

    [Theory]
    [InlineData(10, 10, 988)]
    [InlineData(10, 15, 983)] // its question was under way for 5 s
    [InlineData(10, -3600, 988)] // a clock is wrong: its age is what counts
    [InlineData(10, 3600, -2602)] // or it is as old as that
    public void From_IsOnTheSafeSide(int age, int sinceByClock, int earliest) => Assert.Equal(
        new Doubt(TimeSpan.FromSeconds(earliest)),
        Doubt.From(TimeSpan.FromSeconds(age), TimeSpan.FromSeconds(sinceByClock), Now));
}
