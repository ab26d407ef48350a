using Swp.Clients;
using Swp.Cluster.Diagnostics;

namespace Swp.Gateway.Overview;

/// <summary>How fast things went between two reports: of the members that answered both times.</summary>
internal sealed class Pace
{
    private readonly Dictionary<SiloAddress, NodeReport> _before;
    private readonly double _seconds;

    /// <param name="before">The earlier report.</param>
    /// <param name="now">The later one.</param>
    /// <param name="elapsed">What lies between them.</param>
    public Pace(ClusterReport before, ClusterReport now, TimeSpan elapsed)
    {
        _before = before.Nodes.ToDictionary(node => node.Member.Address);
        _seconds = elapsed.TotalSeconds;
        var calls = new long[Enum.GetValues<CallOutcome>().Length];
        var durations = new long[DurationCounts.Limits.Count + 1];
        foreach (var node in now.Nodes)
        {
            ConnectsPerSecond += ConnectsOf(node) ?? 0;
            if (node.Owner is { } owner && Before(node)?.Owner is { } earlier)
            {
                AddDifference(calls, earlier.Calls, owner.Calls);
                AddDifference(durations, earlier.Durations, owner.Durations);
            }
        }

        Seconds = _seconds;
        CallsPerSecond = Enum.GetValues<CallOutcome>().ToDictionary(outcome => outcome, outcome => calls[(int)outcome] / _seconds);
        Median = Quantile(durations, 0.5);
        Slowest = Quantile(durations, 0.99);
    }

    /// <summary>Over how many seconds.</summary>
    public double Seconds { get; }

    public double ConnectsPerSecond { get; }

    public IReadOnlyDictionary<CallOutcome, double> CallsPerSecond { get; }

    /// <summary>How long half of the completed requests took at most, in seconds; <see langword="null"/>: there were none.</summary>
    public double? Median { get; }

    /// <summary>The same for 99 of 100.</summary>
    public double? Slowest { get; }

    /// <summary>A gateway's new sockets a second; <see langword="null"/>: not known.</summary>
    public double? ConnectsOf(NodeReport node) =>
        node.Gateway is { } gateway && Before(node)?.Gateway is { } earlier ? Math.Max(0, gateway.Connects - earlier.Connects) / _seconds : null;

    /// <summary>An owner's calls a second; <see langword="null"/>: not known.</summary>
    public double? CallsOf(NodeReport node) =>
        node.Owner is { } owner && Before(node)?.Owner is { } earlier ? Math.Max(0, owner.Calls.Sum() - earlier.Calls.Sum()) / _seconds : null;

    // As Prometheus has it: evenly within a bucket, and what is longer than all of them as long as the longest.
    private static double? Quantile(long[] durations, double quantile)
    {
        var rank = durations.Sum() * quantile;
        if (rank == 0)
        {
            return null;
        }

        var bucket = 0;
        for (; bucket < DurationCounts.Limits.Count; bucket++)
        {
            if (rank <= durations[bucket])
            {
                var lower = bucket == 0 ? 0 : DurationCounts.Limits[bucket - 1];
                return lower + ((DurationCounts.Limits[bucket] - lower) * rank / durations[bucket]);
            }

            rank -= durations[bucket];
        }

        return DurationCounts.Limits[^1];
    }

    // A member of another version may have other buckets, or more outcomes.
    private static void AddDifference(long[] sum, long[] before, long[] now)
    {
        for (var i = 0; i < Math.Min(sum.Length, Math.Min(before.Length, now.Length)); i++)
        {
            sum[i] += Math.Max(0, now[i] - before[i]);
        }
    }

    private NodeReport? Before(NodeReport node) => _before.GetValueOrDefault(node.Member.Address);
}
