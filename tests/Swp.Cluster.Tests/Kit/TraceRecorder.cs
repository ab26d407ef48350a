using System.Collections.Concurrent;
using System.Diagnostics;
using Swp.Diagnostics;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Kit;

/// <summary>Listens to Swp and to the web server, as an exporter does, and keeps the spans of one trace. What its parent does not sample is not sampled.</summary>
public sealed class TraceRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public TraceRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is SwpTracing.SourceName or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.PropagationData,
            ActivityStopped = span =>
            {
                if (span.TraceId == TraceId)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The trace that is recorded.</summary>
    public ActivityTraceId TraceId { get; } = ActivityTraceId.CreateRandom();

    public IReadOnlyCollection<Activity> Spans => _spans;

    /// <summary>The header of a caller that has a span of this trace.</summary>
    public string Header(ActivitySpanId caller, bool sampled) => $"00-{TraceId}-{caller}-{(sampled ? "01" : "00")}";

    /// <summary>Waits for the only span of a name and kind.</summary>
    public async Task<Activity> SpanAsync(string source, string name, ActivityKind kind)
    {
        Activity[] found = [];
        await Eventually.True(() => (found = [.. _spans.Where(span => span.Source.Name == source && (name.Length == 0 || span.OperationName == name) && span.Kind == kind)]).Length > 0, $"{source} {name} {kind}");
        return Assert.Single(found);
    }

    public void Dispose() => _listener.Dispose();
}
