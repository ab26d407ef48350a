using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Swp.Cluster.Membership;
using Swp.Grains.Clients;
using Swp.Grains.Promises;

namespace Swp.Grains.Draining;

/// <summary>
/// A stopping owner serves its clients until each has moved to the next one, which takes up what is open. The last owner has nobody to leave them to: it
/// takes no new requests and gives the open ones a little time.
/// </summary>
internal sealed partial class OwnerDrain(
    PromiseTable promises,
    AttachedClients attached,
    ClientMoves moves,
    OwnerPresence owners,
    Expulsion expulsion,
    TableReach table,
    TimeProvider time,
    ILogger<OwnerDrain> logger) : IHostedLifecycleService, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether the owner is going away.</summary>
    public bool IsDraining { get; private set; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IsDraining = true;
        if (!HasNext)
        {
            await FinishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // When the silo leaves the cluster and its grains are about to be deactivated, not earlier: until then a client that moved might come back here.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(OwnerDrain),
        ServiceLifecycleStage.BecomeActive,
        _ => Task.CompletedTask,
        StopServingAsync);

    private async Task StopServingAsync(CancellationToken cancellationToken)
    {
        // Asked once more: of two that stop together each took the other for the next. Without the table the cluster cannot be told.
        if (!promises.IsClosed && HasNext && table.IsReachable != false && await moves.HasLeftAsync(cancellationToken))
        {
            await moves.RunAsync(() => HasNext, cancellationToken);
        }

        if (!HasNext)
        {
            await FinishAsync(cancellationToken);
        }

        // What is left goes all at once. A new request would hold up its grain's move: its caller is told that nothing was sent, and asks again.
        promises.Close();

        // Frames first: an answer that finds its promise gone must stay with its gateway, for the next owner.
        attached.CloseAll();
        if (promises.Count > 0)
        {
            LogMoved(logger, promises.Count);
            promises.MoveAll();
        }
    }

    // A member that was lost to its cluster leaves its clients to nobody: the owners it still sees may be no more of that cluster than itself.
    private bool HasNext => expulsion.Reason is null && owners.AnyOther;

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        promises.Close();
        var started = time.GetTimestamp();
        while (promises.Count > 0 && time.GetElapsedTime(started) < expulsion.Hasten(Patience) && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (promises.Count > 0)
        {
            LogAbandoned(logger, promises.Count);
            promises.AbandonAll();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} requests are still open: their callers are told what is known of them")]
    private static partial void LogAbandoned(ILogger logger, int count);

    [LoggerMessage(LogLevel.Information, "{Count} requests are open: their clients' next owners take them up")]
    private static partial void LogMoved(ILogger logger, int count);
}
