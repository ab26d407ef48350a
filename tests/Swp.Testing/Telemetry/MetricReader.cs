using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Swp.Testing.Telemetry;

/// <summary>Listens to the meters of Swp, as an exporter does. Hears every test of the process: a test looks for what only it records.</summary>
public sealed class MetricReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<RecordedValue> _recorded = new();

    public MetricReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Swp.", StringComparison.Ordinal) && !instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) =>
            _recorded.Enqueue(new RecordedValue(instrument.Name, value, labels.ToArray().ToDictionary(label => label.Key, label => label.Value?.ToString()))));
        _listener.Start();
    }

    /// <summary>What histograms were told.</summary>
    public IReadOnlyCollection<RecordedValue> Recorded => _recorded;

    public void Dispose() => _listener.Dispose();
}
