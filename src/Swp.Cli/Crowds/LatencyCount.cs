namespace Swp.Cli.Crowds;

/// <summary>Durations counted in a fixed number of classes, each 10 % wider than the one before: from 0.1 ms to half an hour.</summary>
internal sealed class LatencyCount
{
    private const double Growth = 1.1;
    private const double FirstMs = 0.1;
    private const int Classes = 180;

    private readonly long[] _counts = new long[Classes];

    public void Add(TimeSpan duration)
    {
        var index = duration.TotalMilliseconds <= FirstMs ? 0 : (int)Math.Ceiling(Math.Log(duration.TotalMilliseconds / FirstMs, Growth));
        Interlocked.Increment(ref _counts[Math.Min(index, Classes - 1)]);
    }

    /// <summary>The duration that a share of all does not exceed, in ms; none when nothing was counted.</summary>
    public double? Percentile(double share)
    {
        var counts = _counts.Select((_, index) => Interlocked.Read(ref _counts[index])).ToArray();
        var left = (long)Math.Ceiling(counts.Sum() * share);
        if (left == 0)
        {
            return null;
        }

        var index = 0;
        while ((left -= counts[index]) > 0)
        {
            index++;
        }

        return Math.Round(FirstMs * Math.Pow(Growth, index), 1);
    }
}
