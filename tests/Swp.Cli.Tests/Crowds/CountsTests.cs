using Swp.Cli.Crowds;

namespace Swp.Cli.Tests.Crowds;

public sealed class CountsTests
{
    [Fact]
    public void Percentile_KnownTimes_AreTenPercentOffAtMost()
    {
        var count = new LatencyCount();
        for (var milliseconds = 1; milliseconds <= 1000; milliseconds++)
        {
            count.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.InRange(count.Percentile(0.5)!.Value, 500, 550);
        Assert.InRange(count.Percentile(0.99)!.Value, 990, 1090);
        Assert.Null(new LatencyCount().Percentile(0.5));
    }

    [Fact]
    public void Add_TimesBeyondTheClasses_AreCounted()
    {
        var count = new LatencyCount();
        count.Add(TimeSpan.Zero);
        count.Add(TimeSpan.FromDays(1));
        Assert.Equal(0.1, count.Percentile(0.5));
    }

    [Fact]
    public void Add_EndlesslyManyReasons_AreCountedTogether()
    {
        var reasons = new ReasonCount();
        for (var reason = 0; reason < 10_000; reason++)
        {
            reasons.Add($"reason {reason}");
        }

        Assert.Equal(51, reasons.ToSorted().Count);
        Assert.Equal(10_000, reasons.ToSorted().Values.Sum());
    }
}
