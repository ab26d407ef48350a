using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Swp.Gateway.Api;

namespace Swp.Gateway.Overview;

/// <summary>
/// The overview once a second for all who watch, encoded once. It runs while somebody does. Who cannot keep up misses frames and never holds up another;
/// when the gateway stops all are sent away.
/// </summary>
internal sealed partial class OverviewFeed(ClusterOverview overview, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<OverviewFeed> logger)
{
    /// <summary>So many may watch at one gateway.</summary>
    public const int MaxWatchers = 32;

    /// <summary>So many of them with one API key: a page that is left open everywhere shuts nobody else out.</summary>
    public const int MaxWatchersOfKey = MaxWatchers / 4;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Channel<byte[]>, string?> _watchers = [];
    private bool _runs;

    /// <summary>How many watch.</summary>
    public int Watchers
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>A frame as it is sent.</summary>
    public static byte[] Encode(OverviewBody body) => Encoding.UTF8.GetBytes($"event: overview\ndata: {JsonSerializer.Serialize(body, ApiJson.Default.OverviewBody)}\n\n");

    /// <summary>Watches, until the reader is given back or the gateway stops.</summary>
    /// <param name="key">The name of the API key, if there are keys.</param>
    /// <returns>The frames to come; <see langword="null"/>: as many watch as may, in all or with this key, or the gateway is stopping.</returns>
    public Channel<byte[]>? TryWatch(string? key = null)
    {
        var watcher = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            if (_watchers.Count == MaxWatchers || IsUsedUp(key) || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return null;
            }

            _watchers.Add(watcher, key);
            if (!_runs)
            {
                _runs = true;
                _ = RunAsync();
            }
        }

        return watcher;
    }

    /// <summary>Whether as many watch with this key as may.</summary>
    public bool IsUsedUp(string? key)
    {
        lock (_gate)
        {
            return key is not null && _watchers.Values.Count(other => other == key) >= MaxWatchersOfKey;
        }
    }

    /// <summary>Watches no more.</summary>
    public void Leave(Channel<byte[]> watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    // Ends by itself when nobody is left; nobody awaits it.
    private async Task RunAsync()
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(lifetime.ApplicationStopping) && await TellAsync())
            {
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            EndAll();
        }
    }

    private async Task<bool> TellAsync()
    {
        byte[]? frame = null;
        try
        {
            if (Watchers > 0)
            {
                frame = Encode(await overview.GetAsync());
            }
        }
        catch (Exception e)
        {
            // One frame less: the next one is a second away.
            LogFailed(logger, e);
        }

        lock (_gate)
        {
            if (_watchers.Count == 0)
            {
                return _runs = false;
            }

            foreach (var watcher in frame is null ? [] : _watchers.Keys.ToArray())
            {
                watcher.Writer.TryWrite(frame!);
            }

            return true;
        }
    }

    private void EndAll()
    {
        lock (_gate)
        {
            _runs = false;
            foreach (var watcher in _watchers.Keys)
            {
                watcher.Writer.TryComplete();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The cluster's overview could not be gathered")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
