namespace Swp.Cluster.Limits;

/// <summary>
/// So many a second, and so many at once. Counted in the time that one of them takes, in tenths of a nanosecond: whole numbers, which add up without
/// an error. The default is no limit.
/// </summary>
internal readonly record struct Rate
{
    public const long UnitsPerSecond = 10_000_000_000;

    private readonly long _each;

    /// <summary>A limit.</summary>
    /// <param name="perSecond">0 for none.</param>
    /// <param name="burst">At least 1.</param>
    public Rate(long perSecond, long burst)
    {
        if (perSecond > 0)
        {
            // Rounded up: never more than the limit. One part in a hundred less at a hundred million a second, and nothing to speak of below.
            _each = (UnitsPerSecond + perSecond - 1) / perSecond;
            Tolerance = burst * _each;
        }
    }

    /// <summary>What may be used up at once.</summary>
    public long Tolerance { get; }

    public bool IsOff => _each == 0;

    /// <summary>What so many use up. More than fits at once costs as much as does: it waits for all of it, and not for ever.</summary>
    public long CostOf(long count) => Math.Min(count * _each, Tolerance);
}
