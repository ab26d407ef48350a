using Orleans.Runtime;
using Swp.Relay;

namespace Swp.Cluster.Links;

/// <summary>The receiving end of this member's links to itself, where it has both roles: what it says to itself need not travel.</summary>
internal sealed class LocalReceiver<TFrame>
    where TFrame : struct, IRelayFrame
{
    /// <summary>Takes a batch; <see langword="null"/> until the member has the role that receives these frames.</summary>
    public Func<SiloAddress, long, TFrame[], RelayReceipt>? Receive { get; set; }
}
