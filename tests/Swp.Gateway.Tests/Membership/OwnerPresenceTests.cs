using Orleans.Runtime;
using Swp.Cluster.Membership;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Membership;

/// <summary>Whether there are owners: those that serve clients and are not going away.</summary>
public sealed class OwnerPresenceTests
{
    private readonly TestManifests _manifests = new();
    private readonly TestMembership _membership = new();

    [Fact]
    public void OnlyGateways_None()
    {
        _membership.Names[Members.Gateway] = "gateway1";
        _manifests.Publish();
        Assert.False(Presence().Any);
    }

    [Fact]
    public void AnOwnerCounts_UntilItIsGoingAway_AndAgainWhenAnotherComes()
    {
        var presence = Presence();
        Assert.False(presence.Any);

        _membership.Names[Members.Owner1] = "owner1";
        _manifests.Publish(Members.Owner1);
        Assert.True(presence.Any);

        // The membership says so before its manifest is gone.
        _membership.Leaving[Members.Owner1] = true;
        Assert.False(presence.Any);

        _membership.Names[Members.Owner2] = "owner2";
        _manifests.Publish(Members.Owner1, Members.Owner2);
        Assert.True(presence.Any);

        _membership.Kill(Members.Owner2);
        Assert.False(presence.Any);
    }

    [Fact]
    public void AnOwnerItself_IsNotAnother()
    {
        var local = new TestSilo();
        _membership.Names[local.SiloAddress] = "owner0";
        _manifests.Gateways = [];
        _manifests.Publish(local.SiloAddress);
        var presence = Presence();
        Assert.Equal((true, false), (presence.Any, presence.AnyOther));

        _membership.Names[Members.Owner1] = "owner1";
        _manifests.Publish(local.SiloAddress, Members.Owner1);
        Assert.Equal((true, true), (presence.Any, presence.AnyOther));
    }

    [Fact]
    public void SameMembers_AnotherManifest_IsLookedAtAgain()
    {
        _membership.Names[Members.Owner1] = "owner1";
        var presence = new OwnerPresence(_manifests, new Unchanged(_membership.CurrentSnapshot), new TestSilo());
        Assert.False(presence.Any);
        Assert.False(presence.Any);

        _manifests.Publish(Members.Owner1);
        Assert.True(presence.Any);
    }

    private OwnerPresence Presence() => new(_manifests, _membership, new TestSilo());

    private sealed class Unchanged(ClusterMembershipSnapshot snapshot) : IClusterMembershipService
    {
        public ClusterMembershipSnapshot CurrentSnapshot => snapshot;

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => default;

        public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);
    }
}
