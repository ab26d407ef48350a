using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Swp.Cluster.Membership;

/// <summary>The membership service, asked for one member.</summary>
internal sealed partial class Peers(IClusterMembershipService membership, TimeProvider time, ILogger<Peers> logger) : IPeers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public bool IsKnownDead(SiloAddress peer) => membership.CurrentSnapshot.GetSiloStatus(peer) == SiloStatus.Dead;

    public async ValueTask<bool> IsGoneAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(peer);
        if (status == SiloStatus.None)
        {
            // A member can speak to us before we have heard of it. Without the table nobody is known to be dead.
            if (!await RefreshAsync(cancellationToken))
            {
                return false;
            }

            status = membership.CurrentSnapshot.GetSiloStatus(peer);
        }

        return status is SiloStatus.Dead or SiloStatus.None;
    }

    public async ValueTask<bool> TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RefreshAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await membership.Refresh(cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogRefreshFailed(logger, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The membership table could not be read: {Reason}")]
    private static partial void LogRefreshFailed(ILogger logger, string reason);
}
