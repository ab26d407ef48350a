using Orleans.Metadata;
using Swp.Clients;
using Swp.Gateway.Fleet;
using Swp.Gateway.Relay;
using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>The members of the cluster, and what each says of itself.</summary>
internal sealed class ClusterMembers(
    IClusterManifestProvider manifests,
    IClusterMembershipService membership,
    IGatewayServices gateways,
    IOwnerServices owners,
    TimeProvider time)
{
    private static readonly GrainType Gateway = GrainType.Create(IGatewayGrain.GrainTypeName);
    private static readonly GrainType Client = GrainType.Create(ClientKey.GrainTypeName);

    private readonly MemberQuestion<GatewayReport> _gatewayReports = new(gateway => gateways.Get(gateway).ReportAsync(), time);
    private readonly MemberQuestion<OwnerReport> _ownerReports = new(owner => owners.Get(owner).ReportAsync(), time);
    private readonly MemberQuestion<Refusal[]> _refusals = new(gateway => gateways.Get(gateway).GetRefusalsAsync(), time);
    private readonly HistoryQuestions _histories = new(owners, time);

    /// <summary>All that are not known to be dead, by name.</summary>
    public IReadOnlyList<Member> All
    {
        get
        {
            var known = membership.CurrentSnapshot.Members;
            return
            [
                .. manifests.Current.Silos
                    .Where(silo => !known.TryGetValue(silo.Key, out var member) || member.Status != SiloStatus.Dead)
                    .Select(silo => new Member(
                        silo.Key,
                        known.TryGetValue(silo.Key, out var member) ? member.Name : silo.Key.ToString(),
                        silo.Value.Grains.ContainsKey(Gateway),
                        silo.Value.Grains.ContainsKey(Client)))
                    .Where(member => member.IsGateway || member.IsOwner)
                    .OrderBy(member => member.Name, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>What each gateway says of itself.</summary>
    public Task<Answer<GatewayReport>[]> AskGatewaysAsync() => _gatewayReports.AskAsync(Gateways);

    /// <summary>What each owner says of itself.</summary>
    public Task<Answer<OwnerReport>[]> AskOwnersAsync() => _ownerReports.AskAsync(Owners);

    /// <summary>Whom each gateway has refused.</summary>
    public Task<Answer<Refusal[]>[]> AskRefusalsAsync() => _refusals.AskAsync(Gateways);

    /// <summary>What each owner remembers of a client.</summary>
    public Task<Answer<ClientHistory>[]> AskHistoryAsync(ClientKey client, int limit) => _histories.AskAsync(Owners, client, limit);

    private Member[] Gateways => [.. All.Where(member => member.IsGateway)];

    private Member[] Owners => [.. All.Where(member => member.IsOwner)];
}
