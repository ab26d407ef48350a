using HdrHistogram;

namespace Swp.Bench.Load.Scenarios;

/// <summary>What a scenario found, by name. The names carry their units.</summary>
internal sealed class Metrics : Dictionary<string, double>
{
    /// <summary>Percentiles of a histogram of ticks, in microseconds.</summary>
    public void AddLatency(HistogramBase histogram)
    {
        this["p50 µs"] = Microseconds(histogram.GetValueAtPercentile(50));
        this["p99 µs"] = Microseconds(histogram.GetValueAtPercentile(99));
        this["max µs"] = Microseconds(histogram.GetMaxValue());
    }

    private static double Microseconds(long ticks) => (double)ticks / TimeSpan.TicksPerMicrosecond;
}
