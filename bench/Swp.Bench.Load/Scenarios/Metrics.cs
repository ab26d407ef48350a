using HdrHistogram;
using Swp.Bench.Control;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>What a scenario found, by name. The names carry their units.</summary>
internal sealed class Metrics : Dictionary<string, double>
{
    private const double TolerableFailures = 0.001;

    /// <summary>What became of calls.</summary>
    /// <exception cref="InvalidOperationException">More than one in a thousand failed: their time-outs are in no latency, and the figures would flatter.</exception>
    public static Metrics Of(CallRunResult result, ServerWatch watch, double cpuSeconds, TimeSpan load) => result.Failures > result.Calls * TolerableFailures
        ? throw new InvalidOperationException($"{result.Failures} calls failed, {result.Calls} did not.")
        : new Metrics
        {
            ["calls/s"] = result.Calls / result.Seconds,
            ["p50 µs"] = result.P50Us,
            ["p99 µs"] = result.P99Us,
            ["max µs"] = result.MaxUs,
            ["CPU-µs/call"] = cpuSeconds * 1e6 / result.Calls,
            ["failures"] = result.Failures,
            ["CPU s"] = cpuSeconds,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
            ["load CPU s"] = load.TotalSeconds,
        };

    /// <summary>Percentiles of a histogram of ticks, in microseconds.</summary>
    public void AddLatency(HistogramBase histogram)
    {
        this["p50 µs"] = Microseconds(histogram.GetValueAtPercentile(50));
        this["p99 µs"] = Microseconds(histogram.GetValueAtPercentile(99));
        this["max µs"] = Microseconds(histogram.GetMaxValue());
    }

    private static double Microseconds(long ticks) => (double)ticks / TimeSpan.TicksPerMicrosecond;
}
