using Orleans.Metadata;
using Orleans.Runtime;
using Swp.Clients;

namespace Swp.Grains.Draining;

/// <summary>Whether a client whose owner stops has somewhere to go.</summary>
internal sealed class OtherOwners(IClusterManifestProvider manifests, IClusterMembershipService membership, ILocalSiloDetails local)
{
    private static readonly GrainType ClientGrain = GrainType.Create(ClientKey.GrainTypeName);

    /// <summary>Whether another member serves clients.</summary>
    public bool Any() => manifests.Current.Silos.Any(silo =>
        !silo.Key.Equals(local.SiloAddress)
        && silo.Value.Grains.ContainsKey(ClientGrain)
        && membership.CurrentSnapshot.GetSiloStatus(silo.Key) == SiloStatus.Active);
}
