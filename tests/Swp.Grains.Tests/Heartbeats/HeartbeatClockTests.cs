using Swp.Cluster.Heartbeats;

namespace Swp.Grains.Tests.Heartbeats;

public sealed class HeartbeatClockTests
{
    private static readonly TimeSpan Start = TimeSpan.FromDays(3);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(45);

    [Fact]
    public void Beat_First_IsAccepted()
    {
        var clock = new HeartbeatClock();
        Assert.Null(clock.Beat(Start, Interval));
        Assert.Equal(Start, clock.Last);
    }

    [Theory]
    [InlineData(0, -45_000)]
    [InlineData(1, -44_999)]
    [InlineData(30_000, -15_000)]
    [InlineData(40_499, -4_501)]
    public void Beat_TooEarly_SaysByHowMuchAndKeepsTheLast(int afterMs, int missedMs)
    {
        var clock = new HeartbeatClock { Last = Start };
        Assert.Equal(TimeSpan.FromMilliseconds(missedMs), clock.Beat(Start + TimeSpan.FromMilliseconds(afterMs), Interval));
        Assert.Equal(Start, clock.Last);
    }

    [Theory]
    [InlineData(40_500)]
    [InlineData(45_000)]
    [InlineData(1_000_000)]
    public void Beat_InTime_IsAcceptedAndRemembered(int afterMs)
    {
        var clock = new HeartbeatClock { Last = Start };
        Assert.Null(clock.Beat(Start + TimeSpan.FromMilliseconds(afterMs), Interval));
        Assert.Equal(Start + TimeSpan.FromMilliseconds(afterMs), clock.Last);
    }

    [Fact]
    public void Beat_OneTickBeforeTheEdge_IsRefused()
    {
        var clock = new HeartbeatClock { Last = Start };
        Assert.Equal(TimeSpan.FromMilliseconds(-4_500) - TimeSpan.FromTicks(1), clock.Beat(Start + TimeSpan.FromMilliseconds(40_500) - TimeSpan.FromTicks(1), Interval));
    }

    [Fact]
    public void Beat_NoInterval_IsAlwaysAccepted()
    {
        var clock = new HeartbeatClock { Last = Start };
        Assert.Null(clock.Beat(Start, TimeSpan.Zero));
        Assert.Null(clock.Beat(Start, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(-45_000, "\"客户端心跳检测请求频次过高(-45000)\"")]
    [InlineData(-4_501, "\"客户端心跳检测请求频次过高(-4501)\"")]
    public void RefusalData_IsTheOlderGenerationsWording(int missedMs, string json) =>
        Assert.Equal(json, HeartbeatRefusal.Data(TimeSpan.FromMilliseconds(missedMs)).ToString());

    [Fact]
    public void RefusalError_IsHeartbeatTooFrequentAndNotRetryable()
    {
        Assert.Equal("heartbeat_too_frequent", HeartbeatRefusal.Error.Code);
        Assert.False(HeartbeatRefusal.Error.Retryable);
    }
}
