using Swp.Cluster.Heartbeats;
using Swp.Relay;

namespace Swp.Cluster.Limits;

/// <summary>
/// What one client has used up of its limits: two numbers, each the time at which all of it may be used again (the generic cell rate algorithm).
/// By the machine's uptime; should that go back, what was used up counts as all there is, and no more.
/// </summary>
/// <remarks>One at a time takes or charges; others may read <see cref="Spent"/> meanwhile. There is none where there is no limit.</remarks>
internal sealed class ClientLimiter(ClientRates rates, TimeProvider time)
{
    private const long UnitsPerTick = Rate.UnitsPerSecond / TimeSpan.TicksPerSecond;

    private long _messages;
    private long _bytes;

    /// <summary>A limiter with nothing used up; <see langword="null"/> where there is no limit.</summary>
    public static ClientLimiter? For(ClientRates rates, TimeProvider time) => rates.IsOff ? null : new ClientLimiter(rates, time);

    /// <summary>How long it takes until everything may be used again.</summary>
    public SpentAllowance Spent
    {
        get
        {
            var now = Now;
            return new SpentAllowance(
                ToTime(Level(Volatile.Read(ref _messages), now, rates.Messages) - now),
                ToTime(Level(Volatile.Read(ref _bytes), now, rates.Bytes) - now));
        }
    }

    private long Now => HeartbeatClock.Now(time).Ticks * UnitsPerTick;

    /// <summary>Takes what a message uses up, if it is there.</summary>
    /// <param name="size">The message's size in bytes.</param>
    /// <returns>Zero, or how long it takes until it is there; then nothing is taken.</returns>
    public TimeSpan TryTake(int size)
    {
        var now = Now;
        var messages = Level(_messages, now, rates.Messages) + rates.Messages.CostOf(1);
        var bytes = Level(_bytes, now, rates.Bytes) + rates.Bytes.CostOf(size);
        var wait = Math.Max(messages - rates.Messages.Tolerance, bytes - rates.Bytes.Tolerance) - now;
        if (wait > 0)
        {
            return ToTime(wait);
        }

        Set(messages, bytes);
        return TimeSpan.Zero;
    }

    /// <summary>Notes a message that others have let through.</summary>
    /// <param name="size">The message's size in bytes.</param>
    public void Charge(int size)
    {
        var now = Now;
        Set(
            Level(Level(_messages, now, rates.Messages) + rates.Messages.CostOf(1), now, rates.Messages),
            Level(Level(_bytes, now, rates.Bytes) + rates.Bytes.CostOf(size), now, rates.Bytes));
    }

    /// <summary>At least this much is used up: somebody else has counted before.</summary>
    public void Spend(SpentAllowance spent)
    {
        var now = Now;
        Set(
            Level(Math.Max(_messages, now + ToUnits(spent.Messages, rates.Messages)), now, rates.Messages),
            Level(Math.Max(_bytes, now + ToUnits(spent.Bytes, rates.Bytes)), now, rates.Bytes));
    }

    // Never before now: what was not used is not saved up beyond the burst. Never more than all of it: then the clock went back.
    private static long Level(long wholeAt, long now, Rate rate) => Math.Clamp(wholeAt, now, now + rate.Tolerance);

    private static TimeSpan ToTime(long units) => TimeSpan.FromTicks((units + UnitsPerTick - 1) / UnitsPerTick);

    private static long ToUnits(TimeSpan spent, Rate rate) => spent.Ticks < rate.Tolerance / UnitsPerTick ? spent.Ticks * UnitsPerTick : rate.Tolerance;

    private void Set(long messages, long bytes)
    {
        Volatile.Write(ref _messages, messages);
        Volatile.Write(ref _bytes, bytes);
    }
}
