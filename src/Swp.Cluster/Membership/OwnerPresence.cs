using Orleans.Metadata;
using Swp.Clients;
using Swp.Relay;

namespace Swp.Cluster.Membership;

/// <summary>The owners among the active members.</summary>
internal sealed class OwnerPresence(IClusterManifestProvider manifests, IClusterMembershipService membership, ILocalSiloDetails local) : IOwnerPresence
{
    private static readonly GrainType ClientGrain = GrainType.Create(ClientKey.GrainTypeName);

    // Every call asks, and neither changes but with the members.
    private volatile View? _last;

    public bool Any => Look().Any;

    /// <summary>Whether a client whose owner is this member has somewhere to go.</summary>
    public bool AnyOther => Look().AnyOther;

    private View Look()
    {
        var manifest = manifests.Current;
        var members = membership.CurrentSnapshot;
        if (_last is { } last && ReferenceEquals(last.Manifest, manifest) && ReferenceEquals(last.Members, members))
        {
            return last;
        }

        var owners = manifest.Silos
            .Where(silo => silo.Value.Grains.ContainsKey(ClientGrain) && members.GetSiloStatus(silo.Key) == SiloStatus.Active)
            .Select(silo => silo.Key)
            .ToList();
        return _last = new View(manifest, members, owners.Count > 0, owners.Exists(owner => !owner.Equals(local.SiloAddress)));
    }

    private sealed record View(ClusterManifest Manifest, ClusterMembershipSnapshot Members, bool Any, bool AnyOther);
}
