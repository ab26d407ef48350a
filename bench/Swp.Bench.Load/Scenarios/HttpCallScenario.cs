using Swp.Bench.Control;
using Swp.Bench.Load.Clients;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Servers;

namespace Swp.Bench.Load.Scenarios;

/// <summary>Callers outside the cluster call clients through the HTTP entry of a node that the clients are not connected to.</summary>
internal sealed class HttpCallScenario : IScenario, ICrowdListener
{
    public async Task<Metrics> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var dialect = DialectNames.Create(options.Dialect, new Payload(options.PayloadBytes), options.FirstId);
        using var crowd = new Crowd(dialect, options.Clients, this);
        await crowd.ConnectAsync(options.Servers, options.ConnectConcurrency, cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Callers }) { Timeout = TimeSpan.FromSeconds(30) };
        var request = options.ToCalls(crowd);

        // The same callers as those in a server process, so that the two count alike.
        Task<CallRunResult> CallAsync(double seconds) =>
            new CallRun(request with { Seconds = seconds }, (target, timeout) => HttpCalls.TryAsync(http, dialect, options.Entry!, target, timeout)).RunAsync(cancellationToken);

        await CallAsync(options.WarmUpSeconds);
        var watch = new ServerWatch(options.Pids);
        var (cpu, own) = (watch.CpuSeconds, Environment.CpuUsage.TotalTime);
        var result = await CallAsync(options.Seconds);
        return Metrics.Of(result, watch, watch.CpuSeconds - cpu, Environment.CpuUsage.TotalTime - own);
    }
}
