using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Swp.Cluster.Membership;
using Swp.Diagnostics;

namespace Swp.Cluster.Diagnostics;

/// <summary>Exports what every member sees of its cluster.</summary>
internal sealed class ClusterInstruments : IHostedService, IDisposable
{
    private static readonly SiloStatus[] Statuses = Enum.GetValues<SiloStatus>();

    private readonly Meter _meter = new(SwpMeters.Cluster);

    public ClusterInstruments(IClusterMembershipService membership, Expulsion expulsion, TableReach table)
    {
        _meter.CreateObservableUpDownCounter("swp.cluster.members", () => MeasureMembers(membership), "{member}", "Members in this member's view of the cluster, by status.");
        _meter.CreateObservableGauge("swp.cluster.expelled", () => expulsion.Reason is null ? 0 : 1, null, "1 when this member has been lost to its cluster and stops.");
        _meter.CreateObservableGauge(
            "swp.redis.reachable",
            () => table.IsReachable is { } reachable ? [new Measurement<int>(reachable ? 1 : 0, RedisLabels.Membership)] : (Measurement<int>[])[],
            null,
            "1 when Redis answered when last asked, by what it was asked for.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> MeasureMembers(IClusterMembershipService membership)
    {
        var members = new Tally("swp.member.status", EnumLabels.Of<SiloStatus>());
        foreach (var member in membership.CurrentSnapshot.Members.Values)
        {
            members.Add(Array.IndexOf(Statuses, member.Status));
        }

        return members.Measure();
    }
}
