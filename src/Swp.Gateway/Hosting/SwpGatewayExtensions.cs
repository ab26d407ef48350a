using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Swp.Client.Hosting;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Health;
using Swp.Cluster.Links;
using Swp.Cluster.Startup;
using Swp.Gateway.Api;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Draining;
using Swp.Gateway.Health;
using Swp.Gateway.Relay;
using Swp.Gateway.Types;
using Swp.Relay;

namespace Swp.Gateway.Hosting;

/// <summary>Makes a silo a gateway: terminates WebSockets, owns no client.</summary>
public static class SwpGatewayExtensions
{
    /// <summary>Adds the gateway's services and its two listeners.</summary>
    /// <exception cref="StartupException">A setting breaks its rule.</exception>
    public static WebApplicationBuilder AddSwpGateway(this WebApplicationBuilder builder)
    {
        var options = Settings.Read<GatewayOptions>(builder.Configuration);
        RequireLoopback(options.Listen.Operations);
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ClientEndpoints.MaxBodyBytes;
            kestrel.Listen(Listener.Clients, "Swp:Listen:Clients", options.Listen.Clients);
            kestrel.Listen(Listener.Operations, "Swp:Listen:Operations", options.Listen.Operations);
        });
        builder.Services.AddSwpGatewayServices(options);
        return builder;
    }

    /// <summary>Checks that the gateway's ports are free.</summary>
    /// <exception cref="StartupException">One is not.</exception>
    public static void CheckPorts(IConfiguration configuration)
    {
        var options = Settings.Read<GatewayOptions>(configuration);
        Ports.CheckUrl("Swp:Listen:Clients", options.Listen.Clients);
        Ports.CheckUrl("Swp:Listen:Operations", options.Listen.Operations);
    }

    /// <summary>Maps both listeners.</summary>
    public static WebApplication MapSwpGateway(this WebApplication app)
    {
        app.MapWhen(context => Listener.Of(context) == Listener.Clients, clients =>
        {
            // No pings of the framework's own, which would take a timer a socket: the protocol's HEART and the sweeper do that.
            clients.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
            clients.UseRouting();
            clients.UseEndpoints(routes => routes.MapGet(
                "/wss/{type}",
                (HttpContext context, string type, WebSocketEndpoint endpoint) => endpoint.HandleAsync(context, type)).DisableHttpMetrics());
        });
        app.MapWhen(context => Listener.Of(context) == Listener.Operations, operations =>
        {
            var state = app.Services.GetRequiredService<GatewayState>();
            operations.Use((context, next) => LeaveAsync(state, context, next));
            operations.UseRouting();
            operations.UseEndpoints(routes =>
            {
                routes.MapHealth(() => (state.IsReady, state.Description));
                routes.MapMetrics();
                routes.MapClients();
                routes.MapCallerCall();
            });
        });
        return app;
    }

    /// <summary>The part of a gateway that is a member of the cluster.</summary>
    public static ISiloBuilder AddSwpGateway(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSwpClients();
        services.TryAddSingleton<ClientRelays>();
        services.TryAddSingleton<BatchReceiver<ClientboundFrame>>();
        services.TryAddSingleton<IOwnerServices, OwnerServiceClient>();
        services.TryAddSingleton<ILinkEndpoint<OwnerboundFrame>, GatewayEndpoint>();
        services.TryAddSingleton<LinkTable<OwnerboundFrame>>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<LinkTable<OwnerboundFrame>>());
        services.TryAddSingleton<ConnectionTable>();
        services.TryAddSingleton<GatewayInstruments>();
        services.AddHostedService<LinkInstruments<OwnerboundFrame>>();
        services.AddGrainService<GatewayService>();
        return silo;
    }

    internal static IServiceCollection AddSwpGatewayServices(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(Options.Create(options));

        // Connections
        services.TryAddSingleton<ConnectionServices>();
        services.TryAddSingleton<WebSocketEndpoint>();
        services.AddHostedService<ConnectionSweeper>();

        // Relay
        services.TryAddSingleton<RelayServices>();
        services.TryAddSingleton<RefusedOpens>();
        services.TryAddSingleton<ReattachQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<ReattachQueue>());
        services.TryAddSingleton<ClientTypeDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientTypeDirectory>());

        // Health and the end
        services.TryAddSingleton<ApiCalls>();
        services.TryAddSingleton<GatewayState>();
        services.AddHostedService<GatewayDrain>();
        services.AddHostedService<GatewayGauges>();
        return services;
    }

    // A connection that is kept for the next call would be cut under it.
    private static Task LeaveAsync(GatewayState state, HttpContext context, RequestDelegate next)
    {
        if (state.IsDraining)
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }

    // The server API has no keys yet, so nobody but this machine may reach it.
    private static void RequireLoopback(string url)
    {
        if (!IPAddress.IsLoopback(Ports.AddressOf(Ports.Parse("Swp:Listen:Operations", url).Host)))
        {
            throw new StartupException($"Swp:Listen:Operations = {url}: only a loopback address is allowed while no API keys are configured.");
        }
    }
}
