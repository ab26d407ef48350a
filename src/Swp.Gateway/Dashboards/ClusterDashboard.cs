using Orleans.Dashboard;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Gateway.Api;
using Swp.Gateway.Keys;
using Swp.Gateway.Pages;
using Swp.Gateway.Sessions;

namespace Swp.Gateway.Dashboards;

/// <summary>The Orleans Dashboard at <c>/dashboard/</c>, for who may do everything. Only where <c>Swp:Dashboard</c> is on.</summary>
internal static class ClusterDashboard
{
    private const string Path = "/dashboard";
    private const string GrainState = Path + "/GrainState";

    /// <summary>Whether it is there.</summary>
    public static bool IsOn(IServiceProvider services) => Settings.Read<SwpClusterOptions>(services.GetRequiredService<IConfiguration>()).Dashboard;

    public static void MapClusterDashboard(this IEndpointRouteBuilder routes)
    {
        if (!IsOn(routes.ServiceProvider))
        {
            return;
        }

        routes.MapOrleansDashboard(Path)
            .RequireScope(ApiScope.Admin, static _ => null)
            .WithMetadata(SignInFirst.Instance)
            .ExcludeFromDescription()
            .AddEndpointFilter(static (context, next) =>
            {
                PageHeaders.ApplyToDashboard(context.HttpContext);

                // It calls whatever methods of a grain it takes for harmless, and makes the grain for it when there is none.
                return context.HttpContext.Request.Path.StartsWithSegments(GrainState)
                    ? ValueTask.FromResult<object?>(ApiProblem.Forbidden("What a client holds is asked for by GET /api/v1/clients/{type}/{id}."))
                    : next(context);
            });
    }
}
