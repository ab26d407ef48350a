using System.Collections.Immutable;
using System.Threading.Channels;
using Orleans.Metadata;
using Orleans.Runtime;
using Swp.Clients;

namespace Swp.Grains.Tests.Draining;

/// <summary>A cluster of owners: the one that the tests are about, and another.</summary>
internal sealed class TwoOwners : IClusterMembershipService, IClusterManifestProvider
{
    private static readonly SiloAddress Another = Members.Gateway(99);

    private readonly Channel<ClusterMembershipSnapshot> _updates = Channel.CreateUnbounded<ClusterMembershipSnapshot>();
    private SiloStatus _own = SiloStatus.Active;
    private SiloStatus _another = SiloStatus.Active;

    public TwoOwners()
    {
        var manifest = new GrainManifest(
            ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(GrainType.Create(ClientKey.GrainTypeName), new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal))),
            ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty);
        Current = new ClusterManifest(MajorMinorVersion.Zero, ImmutableDictionary<SiloAddress, GrainManifest>.Empty.Add(Members.Owner, manifest).Add(Another, manifest));
        Publish();
    }

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = null!;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => _updates.Reader.ReadAllAsync();

    public ClusterManifest Current { get; }

    public IAsyncEnumerable<ClusterManifest> Updates => throw new NotSupportedException();

    public GrainManifest LocalGrainManifest => throw new NotSupportedException();

    public void Leave()
    {
        _own = SiloStatus.ShuttingDown;
        Publish();
    }

    public void AnotherLeaves()
    {
        _another = SiloStatus.ShuttingDown;
        Publish();
    }

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    private void Publish()
    {
        ClusterMember[] members = [new(Members.Owner, _own, "owner"), new(Another, _another, "another")];
        CurrentSnapshot = new ClusterMembershipSnapshot(members.ToImmutableDictionary(member => member.SiloAddress), new MembershipVersion(1));
        _updates.Writer.TryWrite(CurrentSnapshot);
    }
}
