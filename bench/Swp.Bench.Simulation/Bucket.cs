namespace Swp.Bench.Simulation;

/// <summary>
/// What a gateway takes, as its <c>ConnectionAdmission</c> does, in simulated time: at once what a second allows, a tenth of it each tenth of a second, or one at a time.
/// </summary>
internal sealed class Bucket(int perSecond)
{
    private readonly long _ticksPerPeriod = perSecond >= 10 ? TimeSpan.TicksPerSecond / 10 : TimeSpan.TicksPerSecond / perSecond;
    private long _tokens = perSecond;
    private long _period;

    /// <summary>Takes one at a time. Called in the order of time.</summary>
    public bool TryTake(long now)
    {
        var period = now / _ticksPerPeriod;
        _tokens = Math.Min(perSecond, _tokens + ((period - _period) * Math.Max(1, perSecond / 10)));
        _period = period;
        if (_tokens == 0)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
