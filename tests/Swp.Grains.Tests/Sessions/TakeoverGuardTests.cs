using Swp.Grains.Sessions;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Sessions;

public sealed class TakeoverGuardTests
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly HostileTimeProvider _time = new();
    private readonly TakeoverGuard _guard;

    public TakeoverGuardTests() => _guard = new TakeoverGuard(_time);

    [Fact]
    public void TakeOver_TheFirstFew_AreFree()
    {
        Assert.Equal([null, null, null, TimeSpan.FromSeconds(1)], Enumerable.Range(0, 4).Select(_ => _guard.TryTakeOver()));
    }

    [Fact]
    public void TakeOver_RefusedOnes_DoNotMakeTheWaitLonger()
    {
        Begin();
        for (var left = 1000; left > 0; left -= 100)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(left), _guard.TryTakeOver());
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Null(_guard.TryTakeOver());
    }

    [Fact]
    public void TakeOver_AtOnceWheneverItIsOpen_WaitsTwiceAsLongEachTimeAndAMinuteAtMost()
    {
        Begin();
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 60, 60, 60])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), _guard.TryTakeOver());
            _time.Advance(TimeSpan.FromSeconds(seconds) - Instant);
            Assert.Equal(Instant, _guard.TryTakeOver());
            _time.Advance(Instant);
            Assert.Null(_guard.TryTakeOver());
        }
    }

    [Fact]
    public void TakeOver_NowAndThen_IsNoFight()
    {
        for (var round = 0; round < 20; round++)
        {
            Assert.Null(_guard.TryTakeOver());
            Assert.Null(_guard.TryTakeOver());
            _time.Advance(TakeoverGuard.Window + Instant);
        }
    }

    [Fact]
    public void TakeOver_AfterAQuietMinute_IsFreeAgain()
    {
        Begin();
        _time.Advance(TakeoverGuard.FirstWait + TakeoverGuard.Quiet);
        Begin();
        Assert.Equal(TakeoverGuard.FirstWait, _guard.TryTakeOver());
    }

    [Fact]
    public void TakeOver_WithinTheQuietMinute_GoesOnWithTheFight()
    {
        Begin();
        _time.Advance(TakeoverGuard.FirstWait + TakeoverGuard.Quiet - Instant);
        Assert.Null(_guard.TryTakeOver());
        Assert.Equal(TakeoverGuard.FirstWait * 2, _guard.TryTakeOver());
    }

    [Fact]
    public void TakeOver_OneThatKeepsToTheLongestWait_IsStillInTheFight()
    {
        Begin();
        for (var round = 0; round < 10; round++)
        {
            _time.Advance(_guard.TryTakeOver()!.Value);
            Assert.Null(_guard.TryTakeOver());
        }

        Assert.Equal(TakeoverGuard.LongestWait, _guard.TryTakeOver());
    }

    [Fact]
    public void TakeOver_WallClockIsSet_ChangesNothing()
    {
        Begin();
        _time.SetWallClock(TimeSpan.FromDays(1));
        Assert.Equal(TakeoverGuard.FirstWait, _guard.TryTakeOver());
        _time.SetWallClock(TimeSpan.FromDays(-2));
        Assert.Equal(TakeoverGuard.FirstWait, _guard.TryTakeOver());
    }

    private void Begin()
    {
        for (var takeover = 0; takeover < TakeoverGuard.FreeTakeovers; takeover++)
        {
            Assert.Null(_guard.TryTakeOver());
        }
    }
}
