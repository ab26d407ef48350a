using Swp.Devices;

namespace Swp.Clinic.Tests.Samples;

public sealed class BackoffTests
{
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    [Fact]
    public void Ceiling_AttemptAfterAttempt_DoublesUpToTheCap()
    {
        var backoff = new Backoff(Base, Cap);
        List<double> ceilings = [];
        for (var attempt = 0; attempt < 9; attempt++)
        {
            ceilings.Add(backoff.Ceiling.TotalSeconds);
            backoff.Next();
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], ceilings);
    }

    [Fact]
    public void Next_Always_SpreadsOverTheWholeRangeBelowTheCeiling()
    {
        var backoff = new Backoff(Base, Cap, new Random(1));
        for (var attempt = 0; attempt < 6; attempt++)
        {
            backoff.Next();
        }

        var delays = Enumerable.Range(0, 1000).Select(_ => backoff.Next().TotalSeconds).ToArray();
        Assert.All(delays, delay => Assert.InRange(delay, 0, 30));
        Assert.InRange(delays.Min(), 0, 0.5);
        Assert.InRange(delays.Max(), 29.5, 30);
        Assert.InRange(delays.Average(), 14, 16);
    }

    [Fact]
    public void Ceiling_AfterTenThousandAttempts_IsStillTheCap()
    {
        var backoff = new Backoff(Base, Cap);
        for (var attempt = 0; attempt < 10_000; attempt++)
        {
            backoff.Next();
        }

        Assert.Equal(Cap, backoff.Ceiling);
    }

    [Fact]
    public void Reset_AfterAttempts_StartsOver()
    {
        var backoff = new Backoff(Base, Cap);
        backoff.Next();
        backoff.Next();
        backoff.Reset();
        Assert.Equal(Base, backoff.Ceiling);
    }
}
