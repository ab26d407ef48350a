using System.Globalization;
using System.Net.Http.Json;
using Swp.Bench.Contenders;
using Swp.Bench.Servers;

namespace Swp.Bench.Running;

/// <summary>Clients without sockets: what a session takes in its owner, and what its heartbeats cost.</summary>
internal static class SilentRun
{
    private const int Concurrency = 256;
    private const int WarmUp = 5_000;
    private const double EnoughBeats = 0.98;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(60);

    /// <summary>Measures it once.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(Topology topology, int clients, bool quick, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = topology.Control, Timeout = TimeSpan.FromMinutes(10) };
        await AttachAsync(http, WarmUp, cancellationToken);
        await SettleAsync(quick, cancellationToken);

        // The owners', and beside them the backplane's; what drives them does not count.
        var owners = new ServerWatch(topology.Pids.Skip(1).Take(2).ToArray());
        var redis = new ServerWatch([topology.Pids[0]]);
        var (before, redisBefore) = (owners.MemoryBytes, redis.MemoryBytes);
        var seconds = await AttachAsync(http, clients, cancellationToken);
        await SettleAsync(quick, cancellationToken);

        var length = quick ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(30);
        var cpu = owners.CpuSeconds + redis.CpuSeconds;
        using var beating = await http.PostAsync(string.Create(CultureInfo.InvariantCulture, $"/bench/beat?period={Beat.TotalSeconds}&seconds={length.TotalSeconds}"), null, cancellationToken);
        beating.EnsureSuccessStatusCode();
        if ((await beating.Content.ReadFromJsonAsync<Beaten>(cancellationToken))!.Share is < EnoughBeats and var share)
        {
            throw new InvalidOperationException($"The owners kept up with {share:P0} of the heartbeats only.");
        }

        var cores = (owners.CpuSeconds + redis.CpuSeconds - cpu) / length.TotalSeconds;
        return new Dictionary<string, double>
        {
            ["KB/client"] = (owners.MemoryBytes - before) / clients / 1024,
            ["Redis KB/client"] = (redis.MemoryBytes - redisBefore) / clients / 1024,
            ["activations/s"] = clients / seconds,
            ["idle cores"] = cores,
            ["idle cores/million"] = cores / clients * 1e6,
            ["peak MB"] = owners.PeakMemoryBytes / 1e6,
        };
    }

    private static async Task<double> AttachAsync(HttpClient http, int count, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsync($"/bench/attach?count={count}&concurrency={Concurrency}", null, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Attached>(cancellationToken))!.Seconds;
    }

    private static Task SettleAsync(bool quick, CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(quick ? 2 : 15), cancellationToken);

    private sealed record Attached(double Seconds);

    private sealed record Beaten(double Share);
}
