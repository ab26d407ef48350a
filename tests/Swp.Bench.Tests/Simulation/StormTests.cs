using Swp.Bench.Simulation;

namespace Swp.Bench.Tests.Simulation;

public sealed class StormTests
{
    private static readonly StormOptions Small = new() { Clients = 1_000, Gateways = 2, ConnectsPerSecond = 50 };

    [Fact]
    public void Run_WithALimit_TakesNoMoreThanItASecond()
    {
        var result = Storm.Run(Small);

        // Two gateways take 50 at once and 50 a second: the last of a thousand is in after nine seconds at the earliest.
        Assert.InRange(result.All.TotalSeconds, 9, 60);
        Assert.InRange(result.PeakConnects, 1, 200);
        Assert.True(result.Half < result.Nearly && result.Nearly <= result.All);
    }

    [Fact]
    public void Run_WithoutALimit_EverybodyIsInAfterTheFirstBackOff()
    {
        var result = Storm.Run(Small with { ConnectsPerSecond = 0 });

        Assert.True(result.All <= Small.BackoffBase);
        Assert.Equal(1_000, result.Attempts);
    }

    [Fact]
    public void Run_ClientsWithoutABackOff_ComeAllAtOnceAgainAndAgain()
    {
        var result = Storm.Run(Small with { FixedDelay = TimeSpan.FromSeconds(2) });

        Assert.Equal(1_000, result.PeakAttempts);
        Assert.True(result.Attempts > Storm.Run(Small).Attempts);
    }

    [Fact]
    public void Run_SameSeed_SameStorm() => Assert.Equal(Storm.Run(Small), Storm.Run(Small));
}
