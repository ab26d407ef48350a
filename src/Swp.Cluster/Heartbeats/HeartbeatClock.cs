namespace Swp.Cluster.Heartbeats;

/// <summary>
/// Watches that the HEARTs of one connection keep their distance. The first is always accepted. Goes by the machine's uptime: setting the wall
/// clock must not send a client away.
/// </summary>
internal struct HeartbeatClock
{
    /// <summary>A client's timer may run this much early: 45 s become 40.5 s.</summary>
    private const double Tolerance = 0.9;

    /// <summary>When the last HEART came, in uptime.</summary>
    public TimeSpan? Last { get; set; }

    /// <summary>The machine's uptime, by a clock that is never set.</summary>
    public static TimeSpan Now(TimeProvider time) => time.GetElapsedTime(0);

    /// <summary>A HEART has come.</summary>
    /// <returns>
    /// <see langword="null"/> when it is accepted; otherwise by how much it missed the interval, which is negative: what the refusal tells the client.
    /// </returns>
    public TimeSpan? Beat(TimeSpan now, TimeSpan minInterval)
    {
        if (Last is { } last && now - last < minInterval * Tolerance)
        {
            return now - last - minInterval;
        }

        Last = now;
        return null;
    }
}
