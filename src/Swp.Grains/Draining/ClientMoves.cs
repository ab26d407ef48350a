using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Swp.Grains.Clients;

namespace Swp.Grains.Draining;

/// <summary>
/// Moves the attached clients of a stopping owner to the others, a few at a time: each can be called here until its turn comes, and there a moment later.
/// All at once, as the runtime does it, every one of them is out of reach until the last has moved.
/// </summary>
internal sealed partial class ClientMoves(
    AttachedClients attached,
    IClusterMembershipService membership,
    ILocalSiloDetails local,
    IOptions<HostOptions> host,
    TimeProvider time,
    ILogger<ClientMoves> logger)
{
    /// <summary>So many clients of each gateway at once.</summary>
    public const int AtOnce = 16;

    /// <summary>Each takes this long at least, so that a gateway attaches them as fast as they come: 1,600 a second, and it attaches 2,000 (ReattachesPerSecond).</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>A client whose queries still run keeps the next one waiting no longer than this.</summary>
    private static readonly TimeSpan OneMove = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the cluster may take to learn that this owner stops. Until then a client that moves might come back here.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(3);

    /// <summary>What has not moved by then moves all at once: it needs time as well.</summary>
    private TimeSpan Patience => host.Value.ShutdownTimeout / 3;

    /// <summary>Waits until the cluster knows that this owner stops. <see langword="false"/> when it cannot be told in time. Never throws.</summary>
    public async Task<bool> HasLeftAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = WatchAsync(ending.Token);
        try
        {
            return await left.WaitAsync(LeavePatience, time, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            left.Ignore();
            return false;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    /// <summary>Moves them. Never throws.</summary>
    /// <param name="goesOn">Whether there still is somewhere to go.</param>
    /// <param name="cancellationToken">The stop is in a hurry.</param>
    public async Task RunAsync(Func<bool> goesOn, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var started = time.GetTimestamp();
        var gateways = attached.ByGateway();
        try
        {
            await Task.WhenAll(gateways.Select(clients => MoveAllAsync(clients, goesOn, ending.Token)));
            LogMoved(logger, gateways.Sum(clients => clients.Length), time.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            LogUnfinished(logger, attached.Count);
        }
    }

    private Task MoveAllAsync(AttachedClient[] clients, Func<bool> goesOn, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        clients,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (client, cancellationToken) =>
        {
            if (goesOn())
            {
                await Task.WhenAll(MoveAsync(client, cancellationToken), Task.Delay(Pace, time, cancellationToken));
            }
        });

    private async Task MoveAsync(AttachedClient client, CancellationToken cancellationToken)
    {
        var move = client.LeaveAsync();
        move.Ignore();
        try
        {
            await move.WaitAsync(OneMove, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It goes on by itself.
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // It moves with those that are left.
            LogFailed(logger, e);
        }
    }

    private async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var members in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            if (members.GetSiloStatus(local.SiloAddress) is not SiloStatus.Active)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(LogLevel.Information, "{Count} clients have been asked to move to other owners, in {Elapsed}")]
    private static partial void LogMoved(ILogger logger, int count, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Information, "{Count} clients have not moved yet: they move all at once")]
    private static partial void LogUnfinished(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "A client could not be asked to move")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
