using Swp.Bench.Control;
using Swp.Clients;

namespace Swp.Bench.Node;

/// <summary>Where the bench steers the process: a server of its own, so that the member beside it is the one that is released.</summary>
internal sealed class ControlServer(IServiceProvider services, IConfiguration configuration) : IHostedService
{
    private WebApplication? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var url = configuration["Bench:Control"] ?? throw new InvalidOperationException("Bench:Control is missing.");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        _server = builder.Build();
        _server.MapNode(new SwpNode(services.GetRequiredService<ISwpClients>()));
        if (services.GetService<SilentCrowd>() is { } crowd)
        {
            _server.MapPost("/bench/attach", async (int count, int concurrency, CancellationToken aborted) =>
                new { Seconds = (await crowd.AttachAsync(count, concurrency, aborted)).TotalSeconds });
            _server.MapPost("/bench/beat", (double period, double seconds, CancellationToken aborted) =>
                crowd.BeatAsync(TimeSpan.FromSeconds(period), TimeSpan.FromSeconds(seconds), aborted));
        }

        return _server.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            await server.StopAsync(cancellationToken);
            await server.DisposeAsync();
        }
    }
}
