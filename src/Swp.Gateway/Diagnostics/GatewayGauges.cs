using System.Diagnostics.Metrics;
using Swp.Diagnostics;
using Swp.Gateway.Api;
using Swp.Gateway.Health;
using Swp.Gateway.Relay;
using Swp.Gateway.Types;

namespace Swp.Gateway.Diagnostics;

/// <summary>Exports what a gateway is doing now.</summary>
internal sealed class GatewayGauges : IHostedService, IDisposable
{
    private readonly Meter _meter = new(SwpMeters.Gateway);

    public GatewayGauges(ApiCalls calls, ReattachQueue reattach, ClientTypeDirectory types, GatewayState state)
    {
        _meter.CreateObservableUpDownCounter("swp.gateway.calls.active", () => calls.Count, "{call}", "Calls under way that entered at this gateway's API.");
        _meter.CreateObservableUpDownCounter("swp.gateway.reattach.waiting", () => reattach.Count, "{connection}", "Connections that wait to be attached again.");
        _meter.CreateObservableUpDownCounter("swp.gateway.owners", () => types.Owners.Count, "{member}", "Owners that this gateway knows.");
        _meter.CreateObservableGauge("swp.gateway.ready", () => state.IsReady ? 1 : 0, null, "1 while it takes new sockets and calls.");
        _meter.CreateObservableGauge("swp.gateway.draining", () => state.IsDraining ? 1 : 0, null, "1 once it is stopping.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
