using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Swp.Cluster.Membership;
using Swp.Grains.Clients;
using Swp.Grains.Promises;

namespace Swp.Grains.Draining;

/// <summary>
/// A stopping owner takes no new requests and lets go of the open ones, whose callers continue them at their clients' next owners: a promise would
/// hold its grain's deactivation up, and everything else of that client with it. The last owner has nobody to leave them to; it gives them a little time.
/// </summary>
internal sealed partial class OwnerDrain(
    PromiseTable promises,
    AttachedClients attached,
    OwnerPresence owners,
    Expulsion expulsion,
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

        // A new one would hold up its grain's move. Its caller is told that nothing was sent, and asks again.
        promises.Close();
        if (expulsion.Reason is null && owners.AnyOther)
        {
            return;
        }

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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // When the silo leaves the cluster and its grains are about to be deactivated, not earlier: until then a client that moved might come back here.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(OwnerDrain),
        ServiceLifecycleStage.BecomeActive,
        _ => Task.CompletedTask,
        _ =>
        {
            // Also when nobody said good-bye to the host: a silo can be stopped by itself.
            promises.Close();

            // Frames first: an answer that finds its promise gone must stay with its gateway, for the next owner.
            attached.CloseAll();
            if (promises.Count > 0)
            {
                LogMoved(logger, promises.Count);
                promises.MoveAll();
            }

            return Task.CompletedTask;
        });

    [LoggerMessage(LogLevel.Information, "{Count} requests are still open: their callers are told what is known of them")]
    private static partial void LogAbandoned(ILogger logger, int count);

    [LoggerMessage(LogLevel.Information, "{Count} requests are open: their clients' next owners take them up")]
    private static partial void LogMoved(ILogger logger, int count);
}
