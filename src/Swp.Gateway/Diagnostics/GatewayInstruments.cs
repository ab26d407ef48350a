using System.Diagnostics.Metrics;
using Swp.Cluster.Links;
using Swp.Gateway.Connections;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Diagnostics;

/// <summary>What a gateway counts.</summary>
internal sealed class GatewayInstruments : IDisposable
{
    public const string MeterName = "Swp.Gateway";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _closed;

    public GatewayInstruments(ConnectionTable connections, LinkTable<OwnerboundFrame> links)
    {
        _meter.CreateObservableUpDownCounter("swp.connections.open", () => connections.Count, "{connection}", "Open sockets.");
        _meter.CreateObservableUpDownCounter("swp.peers.silent", () => links.SilentCount, "{member}", "Owners that do not answer.");
        _closed = _meter.CreateCounter<long>("swp.connections.closed", "{connection}", "Connections that ended, by close code.");
        StaleFrames = _meter.CreateCounter<long>("swp.frames.refused", "{frame}", "Frames for a connection that is gone or has another epoch.");
    }

    public Counter<long> StaleFrames { get; }

    public void OnClosing(CloseCode code) => _closed.Add(1, new KeyValuePair<string, object?>("swp.close.code", (int)code));

    public void Dispose() => _meter.Dispose();
}
