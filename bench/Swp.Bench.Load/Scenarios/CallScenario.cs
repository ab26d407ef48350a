using System.Net.Http.Json;
using Swp.Bench.Control;
using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>Callers in a server process call clients that are connected to another node; here are the clients.</summary>
internal sealed class CallScenario : IScenario, ICrowdListener
{
    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        using var crowd = new Crowd(DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes)), options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        using var http = new HttpClient { BaseAddress = options.Control, Timeout = TimeSpan.FromSeconds(60) + TimeSpan.FromSeconds(options.Seconds) };
        var request = new CallRunRequest
        {
            Targets = [.. crowd.Clients.Select(client => client.Target)],
            Callers = options.Callers,
            Seconds = options.WarmUpSeconds,
            WarmupSeconds = 0,
            PayloadBytes = options.PayloadBytes,
        };

        // Warmed by a run of its own, so that the processor time is that of the measured one alone.
        await RunAsync(http, request, cancellationToken);
        var watch = new ServerWatch(options.Pids);
        var (cpu, own) = (watch.CpuSeconds, Environment.CpuUsage.TotalTime);
        var result = await RunAsync(http, request with { Seconds = options.Seconds }, cancellationToken);
        var used = watch.CpuSeconds - cpu;
        return new Metrics
        {
            ["calls/s"] = result.Calls / result.Seconds,
            ["failures"] = result.Failures,
            ["p50 µs"] = result.P50Us,
            ["p99 µs"] = result.P99Us,
            ["max µs"] = result.MaxUs,
            ["CPU-µs/call"] = used * 1e6 / Math.Max(1, result.Calls),
            ["CPU s"] = used,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
            ["load CPU s"] = (Environment.CpuUsage.TotalTime - own).TotalSeconds,
        };
    }

    private static async Task<CallRunResult> RunAsync(HttpClient http, CallRunRequest request, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/bench/call", request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<CallRunResult>(cancellationToken))!;
    }
}
