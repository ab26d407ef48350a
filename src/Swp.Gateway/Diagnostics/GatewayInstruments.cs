using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Swp.Cluster.Diagnostics;
using Swp.Diagnostics;
using Swp.Gateway.Connections;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Diagnostics;

/// <summary>What a gateway counts.</summary>
internal sealed class GatewayInstruments : IDisposable
{
    /// <summary>What an OPEN can come to: other words of an owner are one label.</summary>
    private static readonly FrozenDictionary<string, KeyValuePair<string, object?>> OpenResults = new[]
    {
        Opened, ErrorCodes.InvalidClientId, ErrorCodes.Unauthorized, ErrorCodes.InternalError, ErrorCodes.Banned,
        ErrorCodes.OwnerUnavailable, ErrorCodes.UnknownClientType, ErrorCodes.RateLimited, ErrorCodes.Superseded, OtherResult,
    }.ToFrozenDictionary(result => result, result => new KeyValuePair<string, object?>("swp.open.result", result));

    private const string Opened = "ok";
    private const string OtherResult = "other";

    private readonly Meter _meter = new(SwpMeters.Gateway);
    private readonly ByType<ConnectionCounts> _types = new(type => new ConnectionCounts(type));
    private readonly Histogram<double> _opens;

    public GatewayInstruments()
    {
        _meter.CreateObservableUpDownCounter("swp.gateway.connections.active", () => _types.Measure(type => type.MeasureActive()), "{connection}", "Sockets, by whether their client has opened.");
        _meter.CreateObservableCounter("swp.gateway.connections.accepted", () => _types.Measure(type => type.Accepted.Measure()), "{connection}", "Sockets that were accepted.");
        _meter.CreateObservableCounter("swp.gateway.connections.closed", () => _types.Measure(type => type.MeasureClosed()), "{connection}", "Connections that ended, by close code.");
        _meter.CreateObservableCounter("swp.gateway.connections.rejected", Rejected.Measure, "{connection}", "Handshakes that were refused with an HTTP status.");
        _meter.CreateObservableCounter("swp.gateway.messages", () => _types.Measure(type => type.Messages.Measure()), "{message}", "Messages of clients (receive) and to clients (transmit).");
        _meter.CreateObservableCounter("swp.gateway.io", () => _types.Measure(type => type.Bytes.Measure()), "By", "Bytes of these messages.");
        _meter.CreateObservableCounter("swp.gateway.messages.held", () => _types.Measure(type => type.Held.Measure()), "{message}", "Messages that waited, or were refused, because their client was over its limits.");
        _meter.CreateObservableCounter("swp.gateway.frames.rejected", RejectedFrames.Measure, "{frame}", "Frames of owners that had no effect.");
        _meter.CreateObservableCounter("swp.gateway.reattach.attempts", Reattaches.Measure, "{attempt}", "Attempts to attach a connection again whose owner moved or died.");
        _opens = _meter.CreateHistogram("swp.gateway.open.duration", "s", "From an OPEN to its answer.", tags: null, SwpMeters.Durations);
    }

    /// <summary>Frames of owners that had no effect, by <see cref="RejectReason"/>.</summary>
    public Tally RejectedFrames { get; } = new("swp.reject.reason", EnumLabels.Of<RejectReason>());

    /// <summary>By <see cref="HandshakeRejection"/>.</summary>
    public Tally Rejected { get; } = new("error.type", EnumLabels.Of<HandshakeRejection>());

    /// <summary>By <see cref="ReattachResult"/>.</summary>
    public Tally Reattaches { get; } = new("swp.reattach.result", EnumLabels.Of<ReattachResult>());

    /// <summary>Sockets that were accepted.</summary>
    public long Accepted => _types.Sum(static type => type.Accepted[0]);

    /// <summary>Sockets whose client has not opened.</summary>
    public long Unopened => _types.Sum(static type => type.Unopened);

    /// <summary>What is counted for the connections of a type; <see langword="null"/> for one that does not exist.</summary>
    public ConnectionCounts Of(string? type) => _types.Of(type ?? (string)TypeLabels.Other.Value!);

    /// <summary>An OPEN was answered.</summary>
    /// <param name="type">The client's type.</param>
    /// <param name="error">Why it was refused, or <see langword="null"/>.</param>
    /// <param name="elapsed">Since it came.</param>
    public void OnOpenAnswered(ConnectionCounts type, string? error, TimeSpan elapsed)
    {
        if (_opens.Enabled)
        {
            _opens.Record(elapsed.TotalSeconds, type.Type, OpenResults.GetValueOrDefault(error ?? Opened, OpenResults[OtherResult]));
        }
    }

    public void Dispose() => _meter.Dispose();
}
