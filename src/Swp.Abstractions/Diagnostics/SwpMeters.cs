using System.Diagnostics.Metrics;

namespace Swp.Diagnostics;

/// <summary>The names of the meters, for a process that exports them: <see cref="All"/> names every one.</summary>
public static class SwpMeters
{
    /// <summary>All meters of Swp, as the OpenTelemetry SDK takes it.</summary>
    public const string All = "Swp.*";

    /// <summary>What a process counts of the calls it makes.</summary>
    public const string Client = "Swp.Client";

    /// <summary>What every member counts.</summary>
    public const string Cluster = "Swp.Cluster";

    /// <summary>What a gateway counts.</summary>
    public const string Gateway = "Swp.Gateway";

    /// <summary>What an owner counts.</summary>
    public const string Owner = "Swp.Owner";

    /// <summary>In seconds: from a call within one process to the longest one.</summary>
    internal static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };
}
