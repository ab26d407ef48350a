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
        using var crowd = new Crowd(DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes), options.FirstId), options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        using var http = new HttpClient { BaseAddress = options.Control, Timeout = TimeSpan.FromSeconds(60) + TimeSpan.FromSeconds(options.Seconds) };
        var request = options.ToCalls(crowd);
        await RunAsync(http, request with { Seconds = options.WarmUpSeconds }, cancellationToken);
        var watch = new ServerWatch(options.Pids);
        var (cpu, own) = (watch.CpuSeconds, Environment.CpuUsage.TotalTime);
        var result = await RunAsync(http, request, cancellationToken);
        return Metrics.Of(result, watch, watch.CpuSeconds - cpu, Environment.CpuUsage.TotalTime - own);
    }

    private static async Task<CallRunResult> RunAsync(HttpClient http, CallRunRequest request, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("/bench/call", request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<CallRunResult>(cancellationToken))!;
    }
}
