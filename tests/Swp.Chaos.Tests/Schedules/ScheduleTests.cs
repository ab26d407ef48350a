using Swp.Chaos.Faults;
using Swp.Chaos.Schedules;

namespace Swp.Chaos.Tests.Schedules;

public sealed class ScheduleTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Round =
        FaultCatalogue.All.Aggregate(TimeSpan.Zero, (sum, fault) => sum + fault.Takes(FaultLengths.Long) + Settle);

    [Fact]
    public void Draw_NoTime_IsEveryFaultOnce() =>
        Assert.Equal(FaultCatalogue.All.Order(ByName), Draw(TimeSpan.Zero, seed: 1).Order(ByName));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Draw_RoomForRounds_IsEveryFaultThatOften(int rounds)
    {
        var order = Draw((Round * rounds) + (Round / 2), seed: 1);

        Assert.Equal(FaultCatalogue.All.Count * rounds, order.Count);
        Assert.All(order.GroupBy(fault => fault.Name), fault => Assert.Equal(rounds, fault.Count()));
    }

    [Fact]
    public void Draw_SameSeed_IsTheSameOrder()
    {
        Assert.Equal(Draw(Round * 2, seed: 7), Draw(Round * 2, seed: 7));
        Assert.NotEqual(Draw(Round * 2, seed: 7), Draw(Round * 2, seed: 8));
    }

    private static Comparer<IFault> ByName => Comparer<IFault>.Create((left, right) => string.CompareOrdinal(left.Name, right.Name));

    private static IReadOnlyList<IFault> Draw(TimeSpan length, int seed) =>
        Schedule.Draw(FaultCatalogue.All, FaultLengths.Long, Settle, length, new Random(seed));
}
