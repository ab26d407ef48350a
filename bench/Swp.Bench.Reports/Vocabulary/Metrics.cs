using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Vocabulary;

/// <summary>The metrics that goals and scenarios name. Others may be reported beside them.</summary>
public static class Metrics
{
    /// <summary>Completed queries of all clients.</summary>
    public static Metric Queries { get; } = new("messages/s", "", Direction.HigherIsBetter);

    /// <summary>Completed calls of all callers.</summary>
    public static Metric Calls { get; } = new("calls/s", "", Direction.HigherIsBetter);

    /// <summary>Half of them took less.</summary>
    public static Metric P50 { get; } = new("p50", "µs", Direction.LowerIsBetter);

    /// <summary>99 of 100 took less.</summary>
    public static Metric P99 { get; } = new("p99", "µs", Direction.LowerIsBetter);

    /// <summary>Processor time of all server processes for one query.</summary>
    public static Metric CpuPerQuery { get; } = new("CPU per query", "µs", Direction.LowerIsBetter);

    /// <summary>Processor time of all server processes for one call.</summary>
    public static Metric CpuPerCall { get; } = new("CPU per call", "µs", Direction.LowerIsBetter);

    /// <summary>Processor time of all server processes for one message.</summary>
    public static Metric CpuPerMessage { get; } = new("CPU per message", "µs", Direction.LowerIsBetter);

    /// <summary>Calls or queries that did not complete.</summary>
    public static Metric Failures { get; } = new("failures", "", Direction.LowerIsBetter);

    /// <summary>Processor time of all server processes.</summary>
    public static Metric Cpu { get; } = new("CPU", "s", Direction.LowerIsBetter);

    /// <summary>The most memory of all server processes.</summary>
    public static Metric PeakMemory { get; } = new("peak memory", "MB", Direction.LowerIsBetter);

    /// <summary>What the clients added to the memory of all server processes, shared out among them.</summary>
    public static Metric MemoryPerClient { get; } = new("memory per client", "KB", Direction.LowerIsBetter);

    /// <summary>Processor time while nothing but heartbeats happens.</summary>
    public static Metric IdleCpu { get; } = new("idle CPU", "cores", Direction.LowerIsBetter);

    /// <summary>The same, scaled to a million clients.</summary>
    public static Metric IdleCpuPerMillion { get; } = new("idle CPU per million", "cores", Direction.LowerIsBetter);

    /// <summary>Clients that opened.</summary>
    public static Metric Connects { get; } = new("connects/s", "", Direction.HigherIsBetter);

    /// <summary>After a node was lost, until half of its clients were callable.</summary>
    public static Metric Callable50 { get; } = new("50 % callable", "s", Direction.LowerIsBetter);

    /// <summary>After a node was lost, until 99 of 100 of its clients were callable.</summary>
    public static Metric Callable99 { get; } = new("99 % callable", "s", Direction.LowerIsBetter);

    /// <summary>After a node was lost, until every client of it was callable.</summary>
    public static Metric Callable100 { get; } = new("100 % callable", "s", Direction.LowerIsBetter);

    /// <summary>Messages that clients received.</summary>
    public static Metric Deliveries { get; } = new("deliveries/s", "", Direction.HigherIsBetter);

    /// <summary>Client sessions that came to life.</summary>
    public static Metric Activations { get; } = new("activations/s", "", Direction.HigherIsBetter);
}
