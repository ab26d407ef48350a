using CsCheck;
using Swp.Grains.Promises;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Promises;

public sealed class DeadlineWheelTests : IDisposable
{
    private static readonly TimeSpan Round = DeadlineWheel.Tick * 2048;

    private readonly HostileTimeProvider _time = new();
    private readonly DeadlineWheel _wheel;

    public DeadlineWheelTests() => _wheel = new DeadlineWheel(_time);

    public void Dispose() => _wheel.Dispose();

    [Fact]
    public void Counts_FollowWhatIsArmedAndWhatHasFired()
    {
        _wheel.Start();
        var first = Arm(100);
        var second = Arm(60_000);
        Assert.Equal((2, 0), (_wheel.ArmedCount, _wheel.ExpiredCount));

        StepUntilFired(first, 300);
        Assert.Equal((1, 1), (_wheel.ArmedCount, _wheel.ExpiredCount));

        _wheel.Disarm(second);
        _wheel.Disarm(second);
        Assert.Equal((0, 1), (_wheel.ArmedCount, _wheel.ExpiredCount));
    }

    [Theory]
    [InlineData(10_000, 300, 300)]
    [InlineData(300, 10_000, 300)]
    [InlineData(200_000, 0, 0)]
    public void Hasten_FiresAtTheEarlierTime(int armedFor, int hastenedTo, int expected)
    {
        _wheel.Start();
        var deadline = Arm(armedFor);
        _wheel.Hasten(deadline, TimeSpan.FromMilliseconds(hastenedTo));
        StepUntilFired(deadline, 1_000);
        Assert.InRange(deadline.FiredAfter.TotalMilliseconds, expected, expected + 99);
        Assert.Equal((0, 1), (_wheel.ArmedCount, _wheel.ExpiredCount));
    }

    [Fact]
    public void Hasten_WhatIsNotArmed_StaysSo()
    {
        _wheel.Start();
        var deadline = Arm(300);
        _wheel.Disarm(deadline);
        _wheel.Hasten(deadline, TimeSpan.Zero);
        Assert.Equal(0, _wheel.ArmedCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(10_000)]
    [InlineData(102_399)]
    [InlineData(102_400)]
    [InlineData(102_401)]
    [InlineData(300_000)]
    [InlineData(600_000)]
    public void Arm_OnTheTick_FiresNeitherEarlyNorMoreThanATickLate(int afterMs)
    {
        _wheel.Start();
        var deadline = Arm(afterMs);
        StepUntilFired(deadline, afterMs + 200);
        Assert.InRange(deadline.FiredAfter.TotalMilliseconds, afterMs, afterMs + 49);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Arm_BetweenTheTicks_FiresNeitherEarlyNorMoreThanATickLate(int afterMs)
    {
        _wheel.Start();
        _time.Advance(TimeSpan.FromMilliseconds(1_049));
        var deadline = Arm(afterMs);
        StepUntilFired(deadline, afterMs + 200);
        Assert.InRange(deadline.FiredAfter.TotalMilliseconds, afterMs, afterMs + 49);
    }

    [Fact]
    public void Arm_TimerOutOfStepWithTheTicks_FiresLessThanTwoTicksLate()
    {
        _time.Advance(TimeSpan.FromMilliseconds(49));
        _wheel.Start();
        for (var afterMs = 1; afterMs < 300; afterMs++)
        {
            var deadline = Arm(afterMs);
            StepUntilFired(deadline, afterMs + 200);
            Assert.InRange(deadline.FiredAfter.TotalMilliseconds, afterMs, afterMs + 99);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-100_000)]
    public void Arm_InThePast_FiresAtTheNextTick(int afterMs)
    {
        _wheel.Start();
        _time.Advance(TimeSpan.FromSeconds(7));
        var deadline = Arm(afterMs);
        Assert.False(deadline.HasFired);
        _time.Advance(DeadlineWheel.Tick);
        Assert.True(deadline.HasFired);
    }

    [Fact]
    public void Arm_InAnEarlierRound_LeavesALongDeadlineOfTheSameSlotAlone()
    {
        _wheel.Start();
        var soon = Arm(1_000);
        var later = new Probe(_time);
        _wheel.Arm(later, TimeSpan.FromSeconds(1) + Round);
        var muchLater = new Probe(_time);
        _wheel.Arm(muchLater, TimeSpan.FromSeconds(1) + (Round * 2));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0, 0), (soon.Count, later.Count, muchLater.Count));
        _time.Advance(Round);
        Assert.Equal((1, 1, 0), (soon.Count, later.Count, muchLater.Count));
        _time.Advance(Round);
        Assert.Equal((1, 1, 1), (soon.Count, later.Count, muchLater.Count));
    }

    [Fact]
    public void Disarm_Armed_NeverFires()
    {
        _wheel.Start();
        var deadline = Arm(100);
        _wheel.Disarm(deadline);
        _wheel.Disarm(deadline);
        _time.Advance(Round * 3);
        Assert.False(deadline.HasFired);
    }

    [Fact]
    public void Disarm_NeverArmed_IsHarmless() => _wheel.Disarm(new Probe(_time));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Disarm_OneOfASlot_LeavesTheOthers(int disarmed)
    {
        _wheel.Start();
        Probe[] deadlines = [Arm(100), Arm(100), Arm(100)];
        _wheel.Disarm(deadlines[disarmed]);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(Enumerable.Range(0, 3).Select(i => i == disarmed ? 0 : 1), deadlines.Select(deadline => deadline.Count));
    }

    [Fact]
    public void Arm_Again_MovesIt()
    {
        _wheel.Start();
        var deadline = Arm(100);
        _wheel.Arm(deadline, TimeSpan.FromMilliseconds(1_000));
        _time.Advance(TimeSpan.FromMilliseconds(950));
        Assert.Equal(0, deadline.Count);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, deadline.Count);
    }

    [Fact]
    public void Arm_AfterItFired_FiresAgain()
    {
        _wheel.Start();
        var deadline = Arm(100);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _wheel.Arm(deadline, TimeSpan.FromMilliseconds(100));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(2, deadline.Count);
        _time.Advance(Round * 2);
        Assert.Equal(2, deadline.Count);
    }

    [Fact]
    public void Advance_LongPause_FiresEverythingThatWasDueOnce()
    {
        // No timer: the process was suspended for ten rounds.
        var deadlines = Enumerable.Range(0, 5_000).Select(i => Arm(1 + (i * 97))).ToArray();
        var later = Arm(10 * (int)Round.TotalMilliseconds + 60);
        _time.Advance(Round * 10);
        _wheel.Advance();
        Assert.All(deadlines, deadline => Assert.Equal(1, deadline.Count));
        Assert.Equal(0, later.Count);

        _time.Advance(TimeSpan.FromMilliseconds(100));
        _wheel.Advance();
        Assert.All(deadlines, deadline => Assert.Equal(1, deadline.Count));
        Assert.Equal(1, later.Count);
    }

    [Fact]
    public void Advance_ArmedDuringAPause_WaitsItsFullTime()
    {
        // The wheel has not caught up with the clock when this one is armed.
        _time.Advance(Round * 3);
        var deadline = Arm(1_000);
        _wheel.Advance();
        Assert.Equal(0, deadline.Count);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        _wheel.Advance();
        Assert.Equal(0, deadline.Count);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        _wheel.Advance();
        Assert.Equal(1, deadline.Count);
    }

    [Fact]
    public void Advance_WallClockSet_ChangesNothing()
    {
        _wheel.Start();
        var deadline = Arm(1_000);
        _time.SetWallClock(TimeSpan.FromDays(365));
        _time.Advance(TimeSpan.FromMilliseconds(950));
        Assert.Equal(0, deadline.Count);
        _time.SetWallClock(TimeSpan.FromDays(-900));
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, deadline.Count);
    }

    [Fact]
    public void Expire_DisarmsAnotherThatIsDue_TheOtherDoesNotFire()
    {
        Probe[] deadlines = [Arm(100), Arm(100)];
        deadlines[0].OnExpire = () => _wheel.Disarm(deadlines[1]);
        deadlines[1].OnExpire = () => _wheel.Disarm(deadlines[0]);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _wheel.Advance();
        Assert.Equal(1, deadlines.Sum(deadline => deadline.Count));
    }

    [Fact]
    public void Expire_ArmsAnotherThatIsDue_TheOtherFiresAtItsNewTimeAndNobodyElseIsTouched()
    {
        Probe[] due = [Arm(100), Arm(100)];
        due[0].OnExpire = () => _wheel.Arm(due[1], TimeSpan.FromSeconds(5));
        due[1].OnExpire = () => _wheel.Arm(due[0], TimeSpan.FromSeconds(5));
        var bystander = Arm(5_100);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _wheel.Advance();
        Assert.Equal(1, due.Sum(deadline => deadline.Count));
        Assert.Equal(0, bystander.Count);

        foreach (var deadline in due)
        {
            deadline.OnExpire = null;
        }

        _time.Advance(TimeSpan.FromMilliseconds(5_100));
        _wheel.Advance();
        Assert.Equal([1, 1], due.Select(deadline => deadline.Count));
        Assert.Equal(1, bystander.Count);
    }

    [Fact]
    public void Expire_ArmsItself_FiresAgainLater()
    {
        _wheel.Start();
        var deadline = Arm(100);
        deadline.OnExpire = () => _wheel.Arm(deadline, TimeSpan.FromMilliseconds(100));
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal(i + 1, deadline.Count);
        }
    }

    [Fact]
    public void AnySequence_FiresWhatIsArmedOnceAndInTime()
    {
        var operations = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 19], Gen.Frequency((6, Gen.Int[0, 400]), (1, Gen.Int[0, 250_000])));
        operations.Array[1, 100].Sample(steps =>
        {
            var time = new HostileTimeProvider();
            using var wheel = new DeadlineWheel(time);
            var start = time.GetTimestamp();
            var probes = Enumerable.Range(0, 20).Select(_ => new Probe(time)).ToArray();
            var due = new TimeSpan?[20];
            foreach (var (kind, which, ms) in steps)
            {
                var after = TimeSpan.FromMilliseconds(ms);
                var before = probes.Select(probe => probe.Count).ToArray();
                switch (kind)
                {
                    case 0:
                        wheel.Disarm(probes[which]);
                        due[which] = null;
                        break;
                    case <= 3:
                        wheel.Arm(probes[which], after);
                        due[which] = time.GetElapsedTime(start) + after;
                        break;
                    default:
                        time.Advance(after);
                        wheel.Advance();
                        break;
                }

                var now = time.GetElapsedTime(start);
                for (var i = 0; i < probes.Length; i++)
                {
                    var fired = probes[i].Count - before[i];
                    Assert.InRange(fired, 0, due[i] is { } at && at <= now ? 1 : 0);
                    if (kind > 3 && due[i] <= now - DeadlineWheel.Tick)
                    {
                        Assert.Equal(1, fired);
                    }

                    due[i] = fired == 1 ? null : due[i];
                }
            }
        });
    }

    [Fact]
    public async Task Concurrently_ArmedDisarmedAndFired_NothingIsLostOrFiredTwice()
    {
        const int Threads = 4;
        const int Each = 5_000;
        var probes = Enumerable.Range(0, Threads * Each).Select(_ => new Probe(_time)).ToArray();
        using var done = new CancellationTokenSource();
        var driver = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
                _wheel.Advance();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                var probe = probes[(thread * Each) + i];
                _wheel.Arm(probe, TimeSpan.FromMilliseconds(i % 300));
                if (i % 3 == 0)
                {
                    // Far beyond what the driver reaches: it fires only if it already had.
                    _wheel.Arm(probe, TimeSpan.FromDays(300));
                }
            }
        })));
        await done.CancelAsync();
        await driver;
        _time.Advance(TimeSpan.FromSeconds(10));
        _wheel.Advance();

        Assert.All(probes.Where((_, i) => i % Each % 3 != 0), probe => Assert.Equal(1, probe.Count));
        Assert.All(probes.Where((_, i) => i % Each % 3 == 0), probe => Assert.InRange(probe.Count, 0, 1));

        var before = probes.Sum(probe => probe.Count);
        _time.Advance(TimeSpan.FromDays(300));
        _wheel.Advance();
        Assert.Equal(Threads * ((Each + 2) / 3), probes.Sum(probe => probe.Count) - before);
    }

    private Probe Arm(int afterMs)
    {
        var probe = new Probe(_time);
        _wheel.Arm(probe, TimeSpan.FromMilliseconds(afterMs));
        return probe;
    }

    private void StepUntilFired(Probe deadline, int limitMs)
    {
        for (var i = 0; i < limitMs && !deadline.HasFired; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(1, deadline.Count);
    }

    private sealed class Probe(TimeProvider time) : Deadline
    {
        private readonly long _made = time.GetTimestamp();

        public int Count { get; private set; }

        public bool HasFired => Count > 0;

        public TimeSpan FiredAfter { get; private set; }

        public Action? OnExpire { get; set; }

        public override void Expire()
        {
            Count++;
            FiredAfter = time.GetElapsedTime(_made);
            OnExpire?.Invoke();
        }
    }
}
