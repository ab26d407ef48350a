using Swp.Diagnostics;

namespace Swp.Cluster.Diagnostics;

/// <summary>How long things take, counted in the buckets of the exported histograms: for who asks a member and not its exporter.</summary>
internal sealed class DurationCounts
{
    private readonly long[] _counts = new long[Limits.Count + 1];

    /// <summary>The upper ends of the buckets, in seconds; one more holds what is longer.</summary>
    public static IReadOnlyList<double> Limits { get; } = SwpMeters.Durations.HistogramBucketBoundaries!;

    /// <summary>Something took so long.</summary>
    public void Add(TimeSpan elapsed)
    {
        var (seconds, bucket) = (elapsed.TotalSeconds, 0);
        while (bucket < Limits.Count && seconds > Limits[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
    }

    /// <summary>The counts of all buckets.</summary>
    public long[] Read()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Interlocked.Read(ref _counts[i]);
        }

        return counts;
    }
}
