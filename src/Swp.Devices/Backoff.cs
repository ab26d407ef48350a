namespace Swp.Devices;

/// <summary>
/// Exponential back-off with full jitter: each delay is anywhere between nothing and a ceiling that doubles. Thousands of clients that lost
/// the same server come back spread out, not in waves.
/// </summary>
/// <param name="base">The first ceiling.</param>
/// <param name="cap">The highest ceiling.</param>
/// <param name="random">What draws the delays.</param>
public sealed class Backoff(TimeSpan @base, TimeSpan cap, Random? random = null)
{
    private readonly Random _random = random ?? Random.Shared;
    private int _attempt;

    /// <summary>The ceiling of the next delay.</summary>
    public TimeSpan Ceiling
    {
        get
        {
            // 2^30 times any sensible base is beyond any sensible cap; more would overflow.
            var ticks = @base.Ticks * Math.Pow(2, Math.Min(_attempt, 30));
            return ticks < cap.Ticks ? TimeSpan.FromTicks((long)ticks) : cap;
        }
    }

    /// <summary>The next delay.</summary>
    public TimeSpan Next()
    {
        var delay = Ceiling * _random.NextDouble();
        _attempt++;
        return delay;
    }

    /// <summary>Starts over. Only an OPEN that succeeded is a reason to: a server that accepts sockets and closes them is no better than none.</summary>
    public void Reset() => _attempt = 0;
}
