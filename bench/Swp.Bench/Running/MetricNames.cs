using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Vocabulary;

namespace Swp.Bench.Running;

/// <summary>What the load's figures are in the reports.</summary>
internal static class MetricNames
{
    private static readonly Dictionary<string, Metric> Known = new(StringComparer.Ordinal)
    {
        ["queries/s"] = Metrics.Queries,
        ["calls/s"] = Metrics.Calls,
        ["connects/s"] = Metrics.Connects,
        ["messages/s"] = Metrics.Deliveries,
        ["p50 µs"] = Metrics.P50,
        ["p99 µs"] = Metrics.P99,
        ["max µs"] = new("max", "µs", Direction.LowerIsBetter),
        ["CPU-µs/query"] = Metrics.CpuPerQuery,
        ["CPU-µs/call"] = Metrics.CpuPerCall,
        ["CPU-µs/message"] = Metrics.CpuPerMessage,
        ["CPU-µs/connect"] = new("CPU per connect", "µs", Direction.LowerIsBetter),
        ["CPU s"] = Metrics.Cpu,
        ["load CPU s"] = new("CPU of the load", "s", Direction.LowerIsBetter),
        ["peak MB"] = Metrics.PeakMemory,
        ["memory MB"] = new("memory", "MB", Direction.LowerIsBetter),
        ["failures"] = Metrics.Failures,
        ["KB/client"] = Metrics.MemoryPerClient,
        ["idle cores"] = Metrics.IdleCpu,
        ["idle cores/million"] = Metrics.IdleCpuPerMillion,
        ["activations/s"] = Metrics.Activations,
        ["50 % callable s"] = Metrics.Callable50,
        ["99 % callable s"] = Metrics.Callable99,
        ["100 % callable s"] = Metrics.Callable100,
        ["callable"] = new("callable", "", Direction.HigherIsBetter),
        ["last client ms"] = new("last client", "ms", Direction.LowerIsBetter),
        ["Redis KB/client"] = new("Redis per client", "KB", Direction.LowerIsBetter),
    };

    /// <summary>The measurement of a figure.</summary>
    public static Measurement Of(string name, double value) => Known[name].Is(value);
}
