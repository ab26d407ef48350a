using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Orleans.Runtime;
using Swp.Cluster.Membership;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The cluster's membership: everybody lives until the test says otherwise.</summary>
internal sealed class TestMembership : IPeers, IClusterMembershipService
{
    private readonly ConcurrentDictionary<SiloAddress, bool> _dead = new();
    private readonly Channel<ClusterMembershipSnapshot> _updates = Channel.CreateUnbounded<ClusterMembershipSnapshot>();
    private long _version;

    /// <summary>What the members are called that live.</summary>
    public ConcurrentDictionary<SiloAddress, string> Names { get; } = new();

    /// <summary>Those of them that are going away.</summary>
    public ConcurrentDictionary<SiloAddress, bool> Leaving { get; } = new();

    /// <summary>A fault of the server, thrown by whatever is asked.</summary>
    public Exception? Fault { get; set; }

    public ClusterMembershipSnapshot CurrentSnapshot => Fault is null
        ? new(
            _dead.Keys.Select(silo => new ClusterMember(silo, SiloStatus.Dead, "dead"))
                .Concat(Names.Where(named => !_dead.ContainsKey(named.Key)).Select(named => new ClusterMember(named.Key, Leaving.ContainsKey(named.Key) ? SiloStatus.ShuttingDown : SiloStatus.Active, named.Value)))
                .ToImmutableDictionary(member => member.SiloAddress),
            new MembershipVersion(Volatile.Read(ref _version)))
        : throw Fault;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => _updates.Reader.ReadAllAsync();

    /// <summary>The membership declares a member dead.</summary>
    public void Kill(SiloAddress silo)
    {
        _dead[silo] = true;
        Interlocked.Increment(ref _version);
        _updates.Writer.TryWrite(CurrentSnapshot);
    }

    /// <summary>Whether its table can be read.</summary>
    public bool IsReadable { get; set; } = true;

    public ValueTask<bool> TryRefreshAsync(CancellationToken cancellationToken) => new(IsReadable);

    public bool IsKnownDead(SiloAddress peer) => _dead.ContainsKey(peer);

    public ValueTask<bool> IsGoneAsync(SiloAddress peer, CancellationToken cancellationToken) => ValueTask.FromResult(IsKnownDead(peer));

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => default;

    public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);
}
