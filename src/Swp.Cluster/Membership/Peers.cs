using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Swp.Cluster.Membership;

/// <summary>The membership service, asked for one member.</summary>
internal sealed partial class Peers(IClusterMembershipService membership, ILogger<Peers> logger) : IPeers
{
    public bool IsKnownDead(SiloAddress peer) => membership.CurrentSnapshot.GetSiloStatus(peer) == SiloStatus.Dead;

    public async ValueTask<bool> IsGoneAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(peer);
        if (status == SiloStatus.None)
        {
            // A member can speak to us before we have heard of it.
            try
            {
                await membership.Refresh(cancellationToken: cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Without the table nobody is known to be dead.
                LogRefreshFailed(logger, e.Message);
                return false;
            }

            status = membership.CurrentSnapshot.GetSiloStatus(peer);
        }

        return status is SiloStatus.Dead or SiloStatus.None;
    }

    [LoggerMessage(LogLevel.Information, "The membership table could not be read: {Reason}")]
    private static partial void LogRefreshFailed(ILogger logger, string reason);
}
