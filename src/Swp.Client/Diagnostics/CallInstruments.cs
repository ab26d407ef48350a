using System.Diagnostics.Metrics;
using Swp.Clients;
using Swp.Diagnostics;

namespace Swp.Client.Diagnostics;

/// <summary>What a process counts of the calls it makes.</summary>
internal static class CallInstruments
{
    private static readonly Meter Meter = new(SwpMeters.Client);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "swp.call.duration",
        "s",
        "Calls to clients, from the caller's call to its one outcome.",
        tags: null,
        SwpMeters.Durations);

    private static readonly KnownTypes Types = new();

    /// <summary>A call has its outcome.</summary>
    public static void OnEnded(string type, bool oneWay, CallOutcome outcome, TimeSpan elapsed)
    {
        if (Duration.Enabled)
        {
            Duration.Record(elapsed.TotalSeconds, Types.LabelOf(type, outcome), CallLabels.Of(outcome), CallLabels.Of(oneWay));
        }
    }
}
