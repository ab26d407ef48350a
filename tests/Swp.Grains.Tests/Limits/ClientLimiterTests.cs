using CsCheck;
using Swp.Cluster.Limits;
using Swp.Relay;
using Swp.Testing.Memory;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Limits;

public sealed class ClientLimiterTests
{
    private static readonly Gen<(int PerSecond, int Burst)> MessageLimits = Gen.Select(Gen.Int[0, 50], Gen.Int[1, 100]);

    private static readonly Gen<(int PerSecond, int Burst)> ByteLimits = Gen.Select(Gen.OneOf(Gen.Const(0), Gen.Int[1, 100_000]), Gen.Int[1_000, 200_000]);

    // Mostly close together, at times far apart.
    private static readonly Gen<(long Ticks, int Size)[]> Messages =
        Gen.Select(Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, 5_000_000], Gen.Long[0, 50_000_000]), Gen.Int[1, 1_000]).Array[1, 200];

    private readonly HostileTimeProvider _time = new();

    [Fact]
    public void NoLimit_ThereIsNoLimiter() => Assert.Null(ClientLimiter.For(new ClientRates(new Rate(0, 0), new Rate(0, 0)), _time));

    [Fact]
    public void Messages_AsManyAtOnceAsTheBurst_ThenOneAtATime()
    {
        var limiter = Limiter(messages: (3, 3));
        Assert.Equal(Enumerable.Repeat(TimeSpan.Zero, 3), Enumerable.Range(0, 3).Select(_ => limiter.TryTake(1_000_000)));

        var wait = limiter.TryTake(1);
        Assert.InRange(wait.TotalSeconds, 1 / 3.0, 0.334);
        Assert.Equal(wait, limiter.TryTake(1));
        _time.Advance(wait);
        Assert.Equal(TimeSpan.Zero, limiter.TryTake(1));
        Assert.NotEqual(TimeSpan.Zero, limiter.TryTake(1));
    }

    [Fact]
    public void Bytes_WaitForAsManyAsAreMissing()
    {
        var limiter = Limiter(bytes: (1_000, 5_000));
        Assert.Equal(TimeSpan.Zero, limiter.TryTake(4_000));
        Assert.Equal(TimeSpan.FromSeconds(2), limiter.TryTake(3_000));
        Assert.Equal(TimeSpan.Zero, limiter.TryTake(1_000));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.Zero, limiter.TryTake(3_000));
    }

    [Fact]
    public void LongPause_SavesUpNoMoreThanTheBurst()
    {
        var limiter = Limiter(messages: (10, 2));
        _time.Advance(TimeSpan.FromDays(100));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limiter.TryTake(1) == TimeSpan.Zero));
    }

    [Fact]
    public void LargerThanTheBurst_WaitsForAllOfItAndPasses()
    {
        var limiter = Limiter(bytes: (1_000, 5_000));
        Assert.Equal(TimeSpan.Zero, limiter.TryTake(1_000));
        Assert.Equal(TimeSpan.FromSeconds(1), limiter.TryTake(1_000_000));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, limiter.TryTake(1_000_000));
    }

    [Fact]
    public void Charge_CountsWhatOthersLetThrough_AndNeverMoreThanAllOfIt()
    {
        var limiter = Limiter(messages: (1, 5));
        for (var i = 0; i < 100; i++)
        {
            limiter.Charge(10);
        }

        Assert.Equal(new SpentAllowance(TimeSpan.FromSeconds(5), TimeSpan.Zero), limiter.Spent);
        Assert.Equal(TimeSpan.FromSeconds(1), limiter.TryTake(1));
    }

    [Fact]
    public void Spend_MoreThanThereIs_IsAllOfIt()
    {
        var limiter = Limiter(messages: (1, 5), bytes: (1, 5));
        limiter.Spend(new SpentAllowance(TimeSpan.MaxValue, TimeSpan.FromSeconds(2)));
        Assert.Equal(new SpentAllowance(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)), limiter.Spent);
        limiter.Spend(default);
        Assert.Equal(new SpentAllowance(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)), limiter.Spent);
    }

    [Fact]
    public void Limits_OfTheLargestThatCanBeSet_DoNotOverflow()
    {
        _time.Advance(TimeSpan.FromDays(3650));
        var slow = Limiter(messages: (1, 1_000_000), bytes: (1, 64 * 1024 * 1024));
        Assert.Equal(TimeSpan.Zero, slow.TryTake(4 * 1024 * 1024));
        Assert.Equal(new SpentAllowance(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4 * 1024 * 1024)), slow.Spent);
        var fast = Limiter(messages: (100_000, 100_000), bytes: (100 * 1024 * 1024, 100 * 1024 * 1024));
        Assert.All(Enumerable.Range(0, 25), _ => Assert.Equal(TimeSpan.Zero, fast.TryTake(4 * 1024 * 1024)));
    }

    [Fact]
    public void TryTake_AllocatesNothing()
    {
        var limiter = Limiter(messages: (10, 10), bytes: (10, 10));
        limiter.TryTake(1);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                limiter.TryTake(1);
                limiter.Charge(1);
            }
        }));
    }

    [Fact]
    public void Any_InNoWindowMoreThanTheBurstAndWhatTheTimeAllows() => Gen.Select(MessageLimits, ByteLimits, Messages, Gen.Int[0, 199]).Sample((messages, bytes, sent, handOver) =>
    {
        var time = new SettableTimeProvider();
        var limiter = Limiter(time, messages, bytes);
        var taken = new List<(long At, int Size)>();
        foreach (var ((ticks, size), i) in sent.Select((message, i) => (message, i)))
        {
            time.Ticks += ticks;
            if (i == handOver)
            {
                // To another owner, or another connection.
                var next = Limiter(time, messages, bytes);
                next.Spend(limiter.Spent);
                limiter = next;
            }

            if (limiter.TryTake(size) == TimeSpan.Zero)
            {
                taken.Add((time.Ticks, size));
            }
        }

        for (var first = 0; first < taken.Count; first++)
        {
            var total = 0L;
            for (var last = first; last < taken.Count; last++)
            {
                var seconds = (decimal)(taken[last].At - taken[first].At) / TimeSpan.TicksPerSecond;
                total += taken[last].Size;
                Assert.True(messages.PerSecond == 0 || last - first + 1 <= messages.Burst + (messages.PerSecond * seconds));
                Assert.True(bytes.PerSecond == 0 || total <= bytes.Burst + (bytes.PerSecond * seconds));
            }
        }
    });

    [Fact]
    public void Any_DoesAsANaiveBucketDoes() => Gen.Select(MessageLimits, ByteLimits, Messages).Sample((messages, bytes, sent) =>
    {
        var time = new SettableTimeProvider();
        var limiter = Limiter(time, messages, bytes);
        var (tokens, credit) = ((decimal)messages.Burst, (decimal)bytes.Burst);
        foreach (var (ticks, size) in sent)
        {
            time.Ticks += ticks;
            var seconds = (decimal)ticks / TimeSpan.TicksPerSecond;
            tokens = Math.Min(messages.Burst, tokens + (messages.PerSecond * seconds));
            credit = Math.Min(bytes.Burst, credit + (bytes.PerSecond * seconds));

            // What is there to a hair's breadth is as good as what is not: the limiter rounds to its clients' disadvantage.
            var hasAll = (messages.PerSecond == 0 || tokens >= 1) && (bytes.PerSecond == 0 || credit >= size);
            var hasMore = (messages.PerSecond == 0 || tokens >= 1.001m) && (bytes.PerSecond == 0 || credit >= size + (0.001m * bytes.Burst));
            var takes = limiter.TryTake(size) == TimeSpan.Zero;
            Assert.True(hasAll || !takes, "It takes what is not there.");
            Assert.True(takes || !hasMore, "It refuses what is there.");
            if (takes)
            {
                (tokens, credit) = (tokens - 1, credit - size);
            }
        }
    });

    [Fact]
    public void Any_WhoWaitsAsLongAsItIsToldHasItsTurn() => Gen.Select(MessageLimits, ByteLimits, Messages).Sample((messages, bytes, sent) =>
    {
        var time = new SettableTimeProvider();
        var limiter = Limiter(time, messages, bytes);
        foreach (var (ticks, size) in sent)
        {
            time.Ticks += ticks % 1_000;
            var wait = limiter.TryTake(size);
            Assert.True(wait <= LongestWait(messages, bytes, size));
            time.Ticks += wait.Ticks;
            Assert.True(wait == TimeSpan.Zero || limiter.TryTake(size) == TimeSpan.Zero);
        }
    });

    [Fact]
    public void Any_ClockGoesBack_NobodyWaitsLongerThanForOneMessageAndNothingIsGivenAway() => Gen.Select(MessageLimits, ByteLimits, Messages, Gen.Long[1, TimeSpan.TicksPerDay]).Sample((messages, bytes, sent, back) =>
    {
        var time = new SettableTimeProvider();
        var limiter = Limiter(time, messages, bytes);
        var before = 0;
        while (before < 1_000 && limiter.TryTake(1) == TimeSpan.Zero)
        {
            before++;
        }

        time.Ticks -= back;
        var wait = limiter.TryTake(sent[0].Size);
        Assert.True(wait <= LongestWait(messages, bytes, sent[0].Size));
        Assert.True(before == 1_000 || wait > TimeSpan.Zero, "What was used up is used up.");
    });

    private ClientLimiter Limiter((int PerSecond, int Burst) messages = default, (int PerSecond, int Burst) bytes = default) => Limiter(_time, messages, bytes);

    private static ClientLimiter Limiter(TimeProvider time, (int PerSecond, int Burst) messages, (int PerSecond, int Burst) bytes) =>
        new(new ClientRates(new Rate(messages.PerSecond, messages.Burst), new Rate(bytes.PerSecond, bytes.Burst)), time);

    private static TimeSpan LongestWait((int PerSecond, int Burst) messages, (int PerSecond, int Burst) bytes, int size)
    {
        var message = messages.PerSecond == 0 ? 0 : 1.0 / messages.PerSecond;
        var all = bytes.PerSecond == 0 ? 0 : (double)size / bytes.PerSecond;
        return TimeSpan.FromSeconds(Math.Max(message, all)) + TimeSpan.FromTicks(2 + (long)(all * 100));
    }
}
