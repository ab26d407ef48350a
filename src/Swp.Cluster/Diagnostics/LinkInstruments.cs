using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Swp.Cluster.Links;
using Swp.Diagnostics;
using Swp.Relay;

namespace Swp.Cluster.Diagnostics;

/// <summary>Exports what the links of one direction count.</summary>
internal sealed class LinkInstruments<TFrame> : IHostedService, IDisposable
    where TFrame : struct, IRelayFrame
{
    private readonly Meter _meter = new(SwpMeters.Cluster);

    public LinkInstruments(LinkTable<TFrame> links)
    {
        var counts = links.Counts;
        _meter.CreateObservableCounter("swp.link.frames", counts.Frames.Measure, "{frame}", "Frames that another member has taken.");
        _meter.CreateObservableCounter("swp.link.refused", counts.Refused.Measure, "{frame}", "Frames that found no room in a link's queue, or no peer any more.");
        _meter.CreateObservableCounter("swp.link.retries", counts.Retries.Measure, "{batch}", "Batches that failed and were sent again.");
        _meter.CreateObservableCounter("swp.link.silences", counts.Silences.Measure, "{event}", "How often a peer has gone silent.");
        _meter.CreateObservableUpDownCounter(
            "swp.link.waiting",
            () => new Measurement<long>(links.WaitingCount, counts.Direction),
            "{frame}",
            "Frames that wait in the queues of links.");
        _meter.CreateObservableUpDownCounter("swp.link.peers", () => MeasurePeers(links), "{member}", "Members this one has a link to, by whether they answer.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> MeasurePeers(LinkTable<TFrame> links)
    {
        var peers = new Tally("swp.link.reach", EnumLabels.Of<PeerReach>(), links.Counts.Direction);
        foreach (var reach in links.Reaches)
        {
            peers.Add((int)reach);
        }

        return peers.Measure();
    }
}
