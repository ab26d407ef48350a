using System.Diagnostics;
using HdrHistogram;
using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>Clients ask and get their answer, in closed loops: one each, or so many that go round among all clients.</summary>
internal sealed class QueryScenario : IScenario, ICrowdListener
{
    private readonly LongConcurrentHistogram _latency = new(1, TimeSpan.TicksPerMinute, 3);
    private IDialect _dialect = null!;
    private Crowd _crowd = null!;
    private bool _goRound;
    private int _next;
    private long _answered;
    private volatile bool _measuring;
    private volatile bool _stopping;

    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        _dialect = DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes), options.FirstId);
        using var crowd = new Crowd(_dialect, options.Clients, this);
        _crowd = crowd;
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);

        var watch = new ServerWatch(options.Pids);
        var loops = options.InFlight > 0 ? options.InFlight : options.Clients;
        _goRound = loops < options.Clients;
        _next = loops;
        foreach (var client in crowd.Clients.Take(loops))
        {
            Ask(client);
        }

        await Task.Delay(TimeSpan.FromSeconds(options.WarmUpSeconds), cancellationToken);
        var (cpu, started, own) = (watch.CpuSeconds, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        _measuring = true;
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        _measuring = false;
        var (count, used, elapsed) = (Interlocked.Read(ref _answered), watch.CpuSeconds - cpu, Stopwatch.GetElapsedTime(started));
        var load = (Environment.CpuUsage.TotalTime - own).TotalSeconds;
        _stopping = true;

        var metrics = new Metrics
        {
            ["queries/s"] = count / elapsed.TotalSeconds,
            ["CPU-µs/query"] = used * 1e6 / count,
            ["CPU s"] = used,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
            ["load CPU s"] = load,
        };
        metrics.AddLatency(_latency);
        return metrics;
    }

    public void OnAnswered(LoadClient client)
    {
        if (_measuring)
        {
            Interlocked.Increment(ref _answered);
            _latency.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(client.AskedAt).Ticks));
        }

        client.AskedAt = 0;
        if (!_stopping)
        {
            Ask(_goRound ? Next() : client);
        }
    }

    public void OnLost(LoadClient client)
    {
        if (!_stopping)
        {
            // A closed loop that has lost a client measures something else.
            Environment.FailFast($"Client {client.Index} was disconnected during the measurement.");
        }
    }

    // Whoever is next and is not asking already: with far more clients than loops that is nearly always the first.
    private LoadClient Next()
    {
        while (true)
        {
            var client = _crowd.Clients[(int)((uint)Interlocked.Increment(ref _next) % _crowd.Clients.Count)];
            if (client.AskedAt == 0)
            {
                return client;
            }
        }
    }

    private void Ask(LoadClient client)
    {
        client.AskedAt = Stopwatch.GetTimestamp();
        _dialect.Query(client);
    }
}
