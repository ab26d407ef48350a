using System.Diagnostics.Metrics;
using Swp.Diagnostics;

namespace Swp.Cluster.Diagnostics;

/// <summary>How long batches take to their receipts.</summary>
internal static class LinkDurations
{
    private static readonly Meter Meter = new(SwpMeters.Cluster);

    private static readonly Histogram<double> Delivery = Meter.CreateHistogram(
        "swp.link.delivery.duration",
        "s",
        "From a batch's first attempt to its receipt.",
        tags: null,
        SwpMeters.Durations);

    /// <summary>Whether anybody listens.</summary>
    public static bool Enabled => Delivery.Enabled;

    /// <summary>A batch has its receipt.</summary>
    public static void OnDelivered(LinkCounts counts, TimeSpan elapsed) => Delivery.Record(elapsed.TotalSeconds, counts.Direction);
}
