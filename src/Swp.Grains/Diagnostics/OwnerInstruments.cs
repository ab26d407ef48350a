using System.Diagnostics.Metrics;
using Swp.Clients;
using Swp.Cluster.Diagnostics;
using Swp.Diagnostics;
using Swp.Relay;

namespace Swp.Grains.Diagnostics;

/// <summary>What an owner counts.</summary>
internal sealed class OwnerInstruments : IDisposable
{
    private static readonly KeyValuePair<string, object?>[] QueryResults =
        [.. EnumLabels.Of<QueryResult>().Select(result => new KeyValuePair<string, object?>("swp.query.result", result))];

    private readonly Meter _meter = new(SwpMeters.Owner);
    private readonly ByType<ClientCounts> _types = new(type => new ClientCounts(type));
    private readonly Histogram<double> _calls;
    private readonly Histogram<double> _queries;

    public OwnerInstruments()
    {
        _meter.CreateObservableCounter("swp.owner.attaches", () => _types.Measure(type => type.Attaches.Measure()), "{attach}", "What gateways asked for a connection, by what came of it.");
        _meter.CreateObservableCounter("swp.owner.takeovers", () => _types.Measure(type => type.Takeovers.Measure()), "{connection}", "Connections that a newer one of the same client has put out.");
        _meter.CreateObservableCounter("swp.owner.heartbeats", () => _types.Measure(type => type.Heartbeats.Measure()), "{heartbeat}", "HEARTs.");
        _meter.CreateObservableCounter("swp.owner.frames.rejected", RejectedFrames.Measure, "{frame}", "Frames of gateways that had no effect: their connection is gone, or has another epoch.");
        _meter.CreateObservableCounter("swp.owner.answers.dropped", DroppedAnswers.Measure, "{answer}", "Answers to an unknown, expired or already answered uuid.");
        _calls = _meter.CreateHistogram("swp.owner.call.duration", "s", "Attempts of calls at this owner, until they end here.", tags: null, SwpMeters.Durations);
        _queries = _meter.CreateHistogram("swp.owner.query.duration", "s", "Queries of clients, from when their service is asked to their answer.", tags: null, SwpMeters.Durations);
    }

    public Tally DroppedAnswers { get; } = new();

    /// <summary>By <see cref="RejectReason"/>.</summary>
    public Tally RejectedFrames { get; } = new("swp.reject.reason", EnumLabels.Of<RejectReason>());

    /// <summary>Attempts of calls, by <see cref="CallOutcome"/>.</summary>
    public Tally Calls { get; } = new("swp.call.outcome", EnumLabels.Of<CallOutcome>());

    /// <summary>How long the requests took that completed.</summary>
    public DurationCounts CompletedRequests { get; } = new();

    /// <summary>Whether anybody wants to know how long queries take.</summary>
    public bool MeasuresQueries => _queries.Enabled;

    /// <summary>What is counted for the clients of a type.</summary>
    public ClientCounts Of(string type) => _types.Of(type);

    /// <summary>An attempt of a call has ended here.</summary>
    /// <param name="type">The client's type, or <see langword="null"/> when it does not exist.</param>
    /// <param name="oneWay">Whether it is a message.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="elapsed">How long it was here.</param>
    public void OnCallEnded(string? type, bool oneWay, CallOutcome outcome, TimeSpan elapsed)
    {
        Calls.Add((int)outcome);
        if (!oneWay && outcome == CallOutcome.Completed)
        {
            CompletedRequests.Add(elapsed);
        }

        if (_calls.Enabled)
        {
            _calls.Record(elapsed.TotalSeconds, type is null ? TypeLabels.Other : Of(type).Type, CallLabels.Of(outcome), CallLabels.Of(oneWay));
        }
    }

    /// <summary>A query has its answer.</summary>
    public void OnQueryAnswered(string type, QueryResult result, TimeSpan elapsed) =>
        _queries.Record(elapsed.TotalSeconds, Of(type).Type, QueryResults[(int)result]);

    public void Dispose() => _meter.Dispose();
}
