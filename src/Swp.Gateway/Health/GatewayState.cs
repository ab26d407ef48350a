using Swp.Cluster.Links;
using Swp.Gateway.Types;
using Swp.Relay;

namespace Swp.Gateway.Health;

/// <summary>Whether this gateway takes new work.</summary>
internal sealed class GatewayState(ClientTypeDirectory types, LinkTable<OwnerboundFrame> links, IOwnerPresence owners)
{
    private volatile bool _draining;

    /// <summary>Whether it is going away.</summary>
    public bool IsDraining => _draining;

    /// <summary>Whether it takes new sockets and calls.</summary>
    public bool IsReady => !_draining && HasOwner;

    /// <summary>Why it does not, in words.</summary>
    public string Description => _draining ? "draining" : HasOwner ? DescriptionOfOwners() : "no silo reachable";

    // One that is only silent counts: all gateways see a dying owner so at once, and none of them may leave for it.
    private bool HasOwner => owners.Any && types.Owners.Any(owner => links.ReachOf(owner) != PeerReach.Unreachable);

    public void StartDraining() => _draining = true;

    private string DescriptionOfOwners()
    {
        var known = types.Owners;
        var silent = known.Count(owner => links.ReachOf(owner) != PeerReach.Answering);
        return silent == 0 ? "ready" : $"ready; {silent} of {known.Count} silos do not answer";
    }
}
