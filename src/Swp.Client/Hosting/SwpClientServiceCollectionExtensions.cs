using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Swp.Client.Calls;
using Swp.Clients;

namespace Swp.Client.Hosting;

/// <summary>Registers <see cref="ISwpClients"/>.</summary>
public static class SwpClientServiceCollectionExtensions
{
    private static readonly TimeSpan GatewayListRefresh = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Adds <see cref="ISwpClients"/> to a process that has an Orleans client (<c>UseOrleansClient</c>) or is a silo itself.
    /// </summary>
    public static IServiceCollection AddSwpClients(this IServiceCollection services)
    {
        // A process outside the cluster sends a share of its calls through each silo, and learns only from this list that one is dead while its
        // connection stays open. Of its own accord it looks once a minute.
        services.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayListRefresh);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISwpClients, SwpClients>();
        return services;
    }
}
