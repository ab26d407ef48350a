namespace Swp.Cluster.Heartbeats;

/// <summary>Watches that the HEARTs of one connection keep their distance. The first is always accepted.</summary>
internal struct HeartbeatClock
{
    /// <summary>A client's timer may run this much early: 45 s become 40.5 s.</summary>
    private const double Tolerance = 0.9;

    /// <summary>When the last HEART came.</summary>
    public DateTimeOffset? Last { get; set; }

    /// <summary>A HEART has come.</summary>
    /// <returns>
    /// <see langword="null"/> when it is accepted; otherwise by how much it missed the interval, which is negative: what the refusal tells the client.
    /// </returns>
    public TimeSpan? Beat(DateTimeOffset now, TimeSpan minInterval)
    {
        if (Last is { } last && now - last < minInterval * Tolerance)
        {
            return now - last - minInterval;
        }

        Last = now;
        return null;
    }
}
