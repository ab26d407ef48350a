using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Swp.Cluster.Membership;
using Swp.Grains.Promises;

namespace Swp.Grains.Draining;

/// <summary>
/// A stopping owner gives its open promises a little time before its grains are deactivated, then says what it knows of the rest: a promise
/// holds its grain's deactivation up, and everything else of that client with it.
/// </summary>
internal sealed partial class OwnerDrain(PromiseTable promises, Expulsion expulsion, TimeProvider time, ILogger<OwnerDrain> logger) : IHostedLifecycleService
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

        // A new one would hold up its grain's move, and with it everything else of that client. It is told so: nothing was sent, try again.
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "{Count} requests are still open: their callers are told what is known of them")]
    private static partial void LogAbandoned(ILogger logger, int count);
}
