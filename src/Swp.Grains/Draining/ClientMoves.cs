using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Swp.Grains.Clients;

namespace Swp.Grains.Draining;

/// <summary>
/// Moves the attached clients of a stopping owner to the others, a few at a time: each can be called here until its turn comes, and there a moment later.
/// All at once, as the runtime does it, every one of them is out of reach until the last has moved.
/// </summary>
internal sealed partial class ClientMoves(AttachedClients attached, IClusterMembershipService membership, ILocalSiloDetails local, TimeProvider time, ILogger<ClientMoves> logger)
{
    /// <summary>What is not moved by then moves all at once: a stop must end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>How long the cluster may take to learn that this owner stops. Until then a client that moves might come back here.</summary>
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(3);

    /// <summary>A client whose queries still run keeps the next one waiting no longer than this; a move takes a few milliseconds.</summary>
    private static readonly TimeSpan OneMove = TimeSpan.FromMilliseconds(250);

    /// <summary>Enough that waiting for the store and the directory does not leave the processors idle.</summary>
    private static readonly int AtOnce = 16 * Environment.ProcessorCount;

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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var started = time.GetTimestamp();
        var clients = attached.All();
        try
        {
            await Parallel.ForEachAsync(
                clients,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ending.Token },
                async (client, cancellationToken) => await MoveAsync(client, cancellationToken));
            LogMoved(logger, clients.Length, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException)
        {
            LogUnfinished(logger, attached.Count);
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
    }

    [LoggerMessage(LogLevel.Information, "{Count} clients have been asked to move to other owners, in {Elapsed}")]
    private static partial void LogMoved(ILogger logger, int count, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Information, "{Count} clients have not moved yet: they move all at once")]
    private static partial void LogUnfinished(ILogger logger, int count);
}
