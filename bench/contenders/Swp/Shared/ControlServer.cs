using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Swp.Bench.Control;
using Swp.Clients;

namespace Swp.Bench.Node;

/// <summary>Where the bench steers the process: a server of its own, so that the member beside it is the one that is released.</summary>
public sealed class ControlServer(IServiceProvider services, IConfiguration configuration) : IHostedService
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
        services.GetService<IControlEndpoints>()?.Map(_server);
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
