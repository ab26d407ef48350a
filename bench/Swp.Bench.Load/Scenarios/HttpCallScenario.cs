using System.Diagnostics;
using HdrHistogram;
using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>Callers outside the cluster call clients through the HTTP entry of a node that the clients are not connected to.</summary>
internal sealed class HttpCallScenario : IScenario, ICrowdListener
{
    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var dialect = DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes));
        using var crowd = new Crowd(dialect, options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Callers }) { Timeout = TimeSpan.FromSeconds(30) };

        var callers = Enumerable.Range(0, options.Callers).Select(_ => new Caller(http, dialect, options.Entry!, crowd)).ToArray();
        await RunAsync(callers, options.WarmUpSeconds, cancellationToken);
        var watch = new ServerWatch(options.Pids);
        var (cpu, started, own) = (watch.CpuSeconds, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await RunAsync(callers, options.Seconds, cancellationToken);
        var (used, elapsed) = (watch.CpuSeconds - cpu, Stopwatch.GetElapsedTime(started));

        var latency = new LongHistogram(1, TimeSpan.TicksPerMinute, 3);
        foreach (var caller in callers)
        {
            latency.Add(caller.Latency);
        }

        var metrics = new Metrics
        {
            ["calls/s"] = latency.TotalCount / elapsed.TotalSeconds,
            ["failures"] = callers.Sum(caller => caller.Failures),
            ["CPU-µs/call"] = used * 1e6 / Math.Max(1, latency.TotalCount),
            ["CPU s"] = used,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
            ["load CPU s"] = (Environment.CpuUsage.TotalTime - own).TotalSeconds,
        };
        metrics.AddLatency(latency);
        return metrics;
    }

    private static Task RunAsync(Caller[] callers, double seconds, CancellationToken cancellationToken) =>
        Task.WhenAll(callers.Select(caller => caller.RunAsync(TimeSpan.FromSeconds(seconds), cancellationToken)));

    private sealed class Caller(HttpClient http, IDialect dialect, Uri entry, Crowd crowd)
    {
        public LongHistogram Latency { get; } = new(1, TimeSpan.TicksPerMinute, 3);

        public int Failures { get; private set; }

        public async Task RunAsync(TimeSpan time, CancellationToken cancellationToken)
        {
            Latency.Reset();
            Failures = 0;
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time;)
            {
                var began = Stopwatch.GetTimestamp();
                if (await HttpCalls.TryAsync(http, dialect, entry, crowd.Clients[Random.Shared.Next(crowd.Clients.Count)].Target, cancellationToken))
                {
                    Latency.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(began).Ticks));
                }
                else
                {
                    Failures++;
                }
            }
        }
    }
}
