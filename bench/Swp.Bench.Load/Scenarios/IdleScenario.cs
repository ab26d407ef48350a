using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>Clients that are open and do nothing but stay alive.</summary>
internal sealed class IdleScenario : IScenario, ICrowdListener
{
    private const int WarmUpClients = 200;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private volatile bool _ending;

    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        // What the first clients take once for all is not what each one takes.
        await new QueryScenario().RunAsync(options with { Clients = WarmUpClients, Seconds = 1, FirstId = 1_000_000 }, cancellationToken);
        await Task.Delay(Settling, cancellationToken);

        var watch = new ServerWatch(options.Pids);
        var before = watch.MemoryBytes;
        using var crowd = new Crowd(DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes), options.FirstId), options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        await Task.Delay(Settling, cancellationToken);
        var cpu = watch.CpuSeconds;
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var (after, used) = (watch.MemoryBytes, watch.CpuSeconds - cpu);
        _ending = true;
        return new Metrics
        {
            ["KB/client"] = (after - before) / options.Clients / 1024,
            ["idle cores"] = used / options.Seconds,
            ["memory MB"] = after / 1e6,
            ["peak MB"] = watch.PeakMemoryBytes / 1e6,
        };
    }

    public void OnLost(LoadClient client)
    {
        if (!_ending)
        {
            Environment.FailFast($"Client {client.Index} was disconnected although it kept alive.");
        }
    }
}
