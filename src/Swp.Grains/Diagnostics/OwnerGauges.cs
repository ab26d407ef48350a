using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Swp.Cluster.Diagnostics;
using Swp.Diagnostics;
using Swp.Grains.Clients;
using Swp.Grains.Draining;
using Swp.Grains.Promises;
using Swp.Grains.Storage;

namespace Swp.Grains.Diagnostics;

/// <summary>Exports what an owner holds now.</summary>
internal sealed class OwnerGauges : IHostedService, IDisposable
{
    private readonly Meter _meter = new(SwpMeters.Owner);

    public OwnerGauges(AttachedClients attached, PromiseTable promises, DeadlineWheel deadlines, ClientRecordStore records, OwnerDrain drain)
    {
        _meter.CreateObservableUpDownCounter("swp.owner.clients.attached", () => attached.Count, "{client}", "Clients with a connection that this owner holds.");
        _meter.CreateObservableUpDownCounter("swp.owner.calls.active", () => promises.Count, "{call}", "Calls that wait for their client, or its answer.");
        _meter.CreateObservableUpDownCounter("swp.owner.deadlines.armed", () => deadlines.ArmedCount, "{deadline}", "Deadlines that are set.");
        _meter.CreateObservableCounter("swp.owner.deadlines.expired", () => deadlines.ExpiredCount, "{deadline}", "Deadlines that have passed.");
        _meter.CreateObservableUpDownCounter("swp.owner.records.pending", () => records.PendingCount, "{record}", "Clients' records that wait to be written.");
        _meter.CreateObservableCounter("swp.owner.records.operations", records.Operations.Measure, "{operation}", "Reads and writes of clients' records, by what came of them.");
        _meter.CreateObservableGauge("swp.owner.records.lag", () => records.Lag.TotalSeconds, "s", "For how long there have been records that wait to be written.");
        _meter.CreateObservableGauge("swp.redis.reachable", () => new Measurement<int>(records.IsDown ? 0 : 1, RedisLabels.Records), null, "1 when Redis answered when last asked, by what it was asked for.");
        _meter.CreateObservableGauge("swp.owner.draining", () => drain.IsDraining ? 1 : 0, null, "1 once it is stopping.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
