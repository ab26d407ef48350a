using Microsoft.Extensions.DependencyInjection.Extensions;
using Swp.Gateway.Fleet;
using Swp.Gateway.Refusals;
using Swp.Gateway.Relay;

namespace Swp.Gateway.Overview;

/// <summary>What looks at the whole cluster.</summary>
internal static class OverviewServices
{
    public static IServiceCollection AddSwpOverview(this IServiceCollection services)
    {
        services.TryAddSingleton<RefusalBook>();
        services.TryAddSingleton<GatewayReporter>();
        services.TryAddSingleton<IGatewayServices, GatewayServiceClient>();
        services.TryAddSingleton<IOwnerServices, OwnerServiceClient>();
        services.TryAddSingleton<ClusterMembers>();
        services.TryAddSingleton<ClusterOverview>();
        services.TryAddSingleton<OverviewFeed>();
        return services;
    }
}
