using Orleans.Runtime;
using Swp.Cluster.Membership;

namespace Swp.Grains.Tests.Links;

internal sealed class FakePeers : IPeers
{
    private int _asked;

    public bool AreGone { get; set; }

    public int Asked => Volatile.Read(ref _asked);

    public ValueTask<bool> IsGoneAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return new(AreGone);
    }

    public ValueTask<bool> TryRefreshAsync(CancellationToken cancellationToken) => new(true);

    public bool IsKnownDead(SiloAddress peer) => AreGone;
}
