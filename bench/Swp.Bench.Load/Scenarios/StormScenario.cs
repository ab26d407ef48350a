using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;
using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>
/// A node is killed under all of its clients. Each connects to another one at once, and again after a moment when that fails; then it is called by
/// HTTP until it has answered.
/// </summary>
internal sealed class StormScenario : IScenario, ICrowdListener
{
    private const int Reconnecting = 256;
    private const int Calling = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Channel<LoadClient> _lost = Channel.CreateUnbounded<LoadClient>();
    private readonly Channel<LoadClient> _reopened = Channel.CreateUnbounded<LoadClient>();
    private readonly ConcurrentBag<TimeSpan> _callable = [];

    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var dialect = DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes), options.FirstId);
        using var crowd = new Crowd(dialect, options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Calling }) { Timeout = TimeSpan.FromSeconds(2) };

        // The entry is warm, as that of a system in use would be.
        await Parallel.ForEachAsync(crowd.Clients.Take(1000), new ParallelOptions { MaxDegreeOfParallelism = Calling }, async (client, token) =>
            await HttpCalls.TryAsync(http, dialect, options.Entry!, client.Target, token));

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Patience);
        var watch = new ServerWatch(options.Pids);
        var cpu = watch.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        Process.GetProcessById(options.Victim!.Value).Kill();
        var workers = Enumerable.Range(0, Reconnecting).Select(_ => ReconnectAsync(options, ending.Token))
            .Concat(Enumerable.Range(0, Calling).Select(_ => CallAsync(http, dialect, options, started, ending.Token)));
        await Task.WhenAll(workers);

        var times = _callable.Select(time => time.TotalSeconds).Order().ToArray();
        var metrics = new Metrics
        {
            ["callable"] = times.Length,
            ["CPU s"] = watch.CpuSeconds - cpu,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
        };
        foreach (var (name, share) in new[] { ("50 % callable s", 0.5), ("99 % callable s", 0.99), ("100 % callable s", 1.0) })
        {
            var index = (int)Math.Ceiling(share * options.Clients) - 1;

            // Those who are not back within the patience count as if they took all of it.
            metrics[name] = index < times.Length ? times[index] : Patience.TotalSeconds;
        }

        return metrics;
    }

    public void OnLost(LoadClient client) => _lost.Writer.TryWrite(client);

    private async Task ReconnectAsync(LoadOptions options, CancellationToken ending)
    {
        try
        {
            await foreach (var client in _lost.Reader.ReadAllAsync(ending))
            {
                var again = client.Renew();
                try
                {
                    using var patience = CancellationTokenSource.CreateLinkedTokenSource(ending);
                    patience.CancelAfter(ConnectPatience);
                    await again.ConnectAsync(options.Refuge[client.Index % options.Refuge.Length], patience.Token);
                    _reopened.Writer.TryWrite(again);
                }
                catch (Exception e) when (e is IOException or SocketException or OperationCanceledException && !ending.IsCancellationRequested)
                {
                    await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()), ending);
                    _lost.Writer.TryWrite(again);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The patience is over.
        }
    }

    private async Task CallAsync(HttpClient http, IDialect dialect, LoadOptions options, long started, CancellationToken ending)
    {
        try
        {
            await foreach (var client in _reopened.Reader.ReadAllAsync(ending))
            {
                if (!await HttpCalls.TryAsync(http, dialect, options.Entry!, client.Target, ending))
                {
                    await Task.Delay(Pause, ending);
                    _reopened.Writer.TryWrite(client);
                    continue;
                }

                _callable.Add(Stopwatch.GetElapsedTime(started));
                if (_callable.Count == options.Clients)
                {
                    _lost.Writer.TryComplete();
                    _reopened.Writer.TryComplete();
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The patience is over.
        }
    }
}
