using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>Cold connects: TCP, upgrade and whatever opens a client, until it may speak.</summary>
internal sealed class ConnectScenario : IScenario, ICrowdListener
{
    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        using var crowd = new Crowd(DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes), options.FirstId), options.Clients, this);
        var watch = new ServerWatch(options.Pids);
        var cpu = watch.CpuSeconds;
        var (elapsed, each) = await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        var used = watch.CpuSeconds - cpu;
        var metrics = new Metrics
        {
            ["connects/s"] = options.Clients / elapsed.TotalSeconds,
            ["CPU-µs/connect"] = used * 1e6 / options.Clients,
            ["CPU s"] = used,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
        };
        metrics.AddLatency(each);
        return metrics;
    }
}
