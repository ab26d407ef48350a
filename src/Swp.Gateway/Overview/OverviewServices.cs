using Microsoft.Extensions.DependencyInjection.Extensions;
using Swp.Gateway.Refusals;

namespace Swp.Gateway.Overview;

/// <summary>What looks at the whole cluster.</summary>
internal static class OverviewServices
{
    public static IServiceCollection AddSwpOverview(this IServiceCollection services)
    {
        services.TryAddSingleton<RefusalBook>();
        services.TryAddSingleton<GatewayReporter>();
        services.TryAddSingleton<ClusterMembers>();
        services.TryAddSingleton<ClusterOverview>();
        services.TryAddSingleton<OverviewFeed>();
        return services;
    }
}
