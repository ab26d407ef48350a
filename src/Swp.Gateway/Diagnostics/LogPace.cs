namespace Swp.Gateway.Diagnostics;

/// <summary>Lets one line through every ten seconds, so that what clients cause does not fill the log.</summary>
internal sealed class LogPace(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _last;
    private long _skipped;

    /// <summary>Whether the line may be written.</summary>
    /// <param name="skipped">How many were not since the last one that was.</param>
    public bool TryTake(out long skipped)
    {
        lock (_gate)
        {
            skipped = _skipped;
            if (_last is { } last && time.GetElapsedTime(last) < Interval)
            {
                _skipped++;
                return false;
            }

            (_last, _skipped) = (time.GetTimestamp(), 0);
            return true;
        }
    }
}
