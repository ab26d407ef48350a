using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Swp.Client.Hosting;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Links;
using Swp.Cluster.Startup;
using Swp.Gateway.Admission;
using Swp.Gateway.Api;
using Swp.Gateway.Broadcasts;
using Swp.Gateway.Connections;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Draining;
using Swp.Gateway.Fleet;
using Swp.Gateway.Handshakes;
using Swp.Gateway.Health;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;
using Swp.Gateway.Origins;
using Swp.Gateway.Overview;
using Swp.Gateway.Proxies;
using Swp.Gateway.Relay;
using Swp.Gateway.Roll;
using Swp.Gateway.Tls;
using Swp.Gateway.Tokens;
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
        RequireKeys(builder.Configuration, options.Listen.Operations);
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ClientEndpoints.MaxBodyBytes;
            kestrel.Listen(Listener.Clients, "Swp:Listen:Clients", options.Listen.Clients);
            kestrel.Listen(Listener.Operations, "Swp:Listen:Operations", options.Listen.Operations);
        });
        builder.Services.AddWhoMayConnect(builder.Configuration);
        builder.Services.AddApiDocument();
        builder.Services.AddSwpGatewayServices(options);
        builder.Services.AddSwpApiAccess();
        if (options.SpeaksHttps)
        {
            builder.Services.AddSingleton(new CurrentCertificate(options.Tls));
            builder.Services.AddHostedService<CertificateWatch>();
        }

        return builder;
    }

    /// <summary>Checks that the gateway's ports are free, and who may come to them.</summary>
    /// <exception cref="StartupException">One is not, or a setting of theirs breaks its rule.</exception>
    public static void CheckPorts(IConfiguration configuration)
    {
        var options = CheckSettings(configuration);
        Ports.CheckUrl("Swp:Listen:Clients", options.Listen.Clients, https: true);
        Ports.CheckUrl("Swp:Listen:Operations", options.Listen.Operations, https: true);
    }

    /// <summary>Maps both listeners.</summary>
    public static WebApplication MapSwpGateway(this WebApplication app)
    {
        if (TrustedProxies.Read(app.Configuration) is { } proxies)
        {
            app.UseForwardedHeaders(proxies);
        }

        app.MapWhen(context => Listener.Of(context) == Listener.Clients, clients =>
        {
            clients.Use((context, next) =>
            {
                FairUpgrade.Apply(context);
                return next(context);
            });

            // No pings of the framework's own, which would take a timer a socket: the protocol's HEART and the sweeper do that.
            clients.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
            clients.UseRouting();

            // A plain delegate: one that has its parameters filled in takes a scope of services, which lasts as long as the socket.
            clients.UseEndpoints(routes => routes.MapGet("/wss/{type}", context => app.Services.GetRequiredService<WebSocketEndpoint>().HandleAsync(context, (string)context.GetRouteValue("type")!)).DisableHttpMetrics().ExcludeFromDescription());
        });

        // Behind the clients, whose sockets would keep a handler, a logger and a scope of services for as long as they live: nearly two kilobytes each.
        // Left out, the host would ask who calls first of all, before it is known where the call comes from.
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapWhen(context => Listener.Of(context) == Listener.Operations, operations =>
        {
            var state = app.Services.GetRequiredService<GatewayState>();
            operations.Use((context, next) => LeaveAsync(state, context, next));
            operations.UseOperations(() => (state.IsReady, state.Description));
        });

        // Made now, so that it hears of every change.
        app.Services.GetRequiredService<ApiKeyStore>();
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
        services.TryAddSingleton<OpenClients>();
        services.TryAddSingleton<Broadcaster>();
        services.TryAddSingleton<GatewayInstruments>();
        services.AddHostedService<LinkInstruments<OwnerboundFrame>>();
        services.AddGrainService<GatewayService>();
        return silo;
    }

    /// <summary>Checks all that can be checked without listening.</summary>
    /// <exception cref="StartupException">A setting breaks its rule.</exception>
    internal static GatewayOptions CheckSettings(IConfiguration configuration)
    {
        var options = Settings.Read<GatewayOptions>(configuration);
        RequireKeys(configuration, options.Listen.Operations);
        TrustedProxies.Read(configuration);
        if (options.SpeaksHttps)
        {
            CertificateFiles.Read(options.Tls).Load();
        }

        Ports.Parse("Swp:Listen:Clients", options.Listen.Clients, https: true);
        return options;
    }

    internal static IServiceCollection AddSwpGatewayServices(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(Options.Create(options));

        // Connections
        services.TryAddSingleton<ConnectionAdmission>();
        services.TryAddSingleton<ConnectionServices>();
        services.TryAddSingleton<PendingHandshakes>();
        services.TryAddSingleton<WebSocketEndpoint>();
        services.AddHostedService<ConnectionSweeper>();

        // Who may connect
        services.TryAddSingleton(AllowedOrigins.LoopbackOnly);
        services.TryAddSingleton(new TokenOptions());
        services.TryAddSingleton<TokenVerifier>();
        services.TryAddSingleton<TokenKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<TokenKeys>());

        // Relay
        services.TryAddSingleton<RelayServices>();
        services.TryAddSingleton<RefusedOpens>();
        services.TryAddSingleton<ReattachQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<ReattachQueue>());
        services.TryAddSingleton<ClientTypeDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientTypeDirectory>());

        // All gateways together
        services.TryAddSingleton<IGatewayServices, GatewayServiceClient>();
        services.TryAddSingleton<GatewayFleet>();
        services.TryAddSingleton<FleetListing>();
        services.TryAddSingleton<FleetBroadcast>();

        // What an operator looks at
        services.AddSwpOverview();

        // Health and the end
        services.TryAddSingleton<ApiCalls>();
        services.TryAddSingleton<GatewayState>();
        services.AddHostedService<GatewayDrain>();
        services.AddHostedService<GatewayGauges>();
        return services;
    }

    private static void AddWhoMayConnect(this IServiceCollection services, IConfiguration configuration)
    {
        var tokens = TokenOptions.Read(configuration);
        services.AddSingleton(tokens);
        foreach (var source in TokenKeys.SourcesOf(tokens, TimeProvider.System))
        {
            services.AddSingleton(source);
        }

        services.AddSingleton(AllowedOrigins.Read(configuration));
        services.Replace(ServiceDescriptor.Singleton<IHttpContextFactory, TokenHidingContexts>());
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

    // Without keys nobody but this machine may reach the server API.
    private static void RequireKeys(IConfiguration configuration, string url)
    {
        var keys = ApiKeyReader.Read(configuration);
        if (keys.IsEmpty && !IPAddress.IsLoopback(Ports.AddressOf(Ports.Parse("Swp:Listen:Operations", url, https: true).Host)))
        {
            throw new StartupException(
                $"Swp:Listen:Operations = {url}: only a loopback address is allowed while no API keys are configured ({ApiKeyReader.Section}; 'keygen NAME' makes one).");
        }
    }
}
