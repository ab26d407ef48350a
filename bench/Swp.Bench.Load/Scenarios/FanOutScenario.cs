using System.Diagnostics;
using System.Text;
using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>One message to everybody, again and again, each once the last client has the one before.</summary>
internal sealed class FanOutScenario : IScenario, ICrowdListener
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private int _missing;
    private TaskCompletionSource _all = new();

    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var payload = new Payload(options.PayloadBytes);
        using var crowd = new Crowd(DialectNames.Create(options.Dialect, payload, options.FirstId), options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        using var http = new HttpClient { BaseAddress = options.Control };

        await RunAsync(http, payload, options.Clients, options.WarmUpSeconds, cancellationToken);
        var watch = new ServerWatch(options.Pids);
        var (cpu, started) = (watch.CpuSeconds, Stopwatch.GetTimestamp());
        var rounds = await RunAsync(http, payload, options.Clients, options.Seconds, cancellationToken);
        var (used, elapsed) = (watch.CpuSeconds - cpu, Stopwatch.GetElapsedTime(started));
        var messages = (double)rounds.Count * options.Clients;
        return new Metrics
        {
            ["messages/s"] = messages / elapsed.TotalSeconds,
            ["last client ms"] = rounds.Order().ElementAt(rounds.Count / 2),
            ["CPU-µs/message"] = used * 1e6 / messages,
            ["CPU s"] = used,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
        };
    }

    public bool OnAsked(LoadClient client)
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _all.TrySetResult();
        }

        return false;
    }

    private async Task<List<double>> RunAsync(HttpClient http, Payload payload, int clients, double seconds, CancellationToken cancellationToken)
    {
        var rounds = new List<double>();
        for (var started = Stopwatch.GetTimestamp(); rounds.Count == 0 || Stopwatch.GetElapsedTime(started).TotalSeconds < seconds;)
        {
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _missing, clients);
            var began = Stopwatch.GetTimestamp();
            using var content = new StringContent(payload.Text, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync("/bench/fanout", content, cancellationToken);
            response.EnsureSuccessStatusCode();
            await _all.Task.WaitAsync(Patience, cancellationToken);
            rounds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return rounds;
    }
}
