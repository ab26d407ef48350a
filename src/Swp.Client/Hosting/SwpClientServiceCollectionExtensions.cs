using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Swp.Client.Calls;
using Swp.Clients;

namespace Swp.Client.Hosting;

/// <summary>Registers <see cref="ISwpClients"/>.</summary>
public static class SwpClientServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ISwpClients"/> to a process that has an Orleans client (<c>UseOrleansClient</c>) or is a silo itself.
    /// </summary>
    public static IServiceCollection AddSwpClients(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISwpClients, SwpClients>();
        return services;
    }
}
