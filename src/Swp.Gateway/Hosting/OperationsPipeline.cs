using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Health;
using Swp.Gateway.Api;
using Swp.Gateway.Audit;
using Swp.Gateway.Dashboards;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;
using Swp.Gateway.Overview;
using Swp.Gateway.Pages;
using Swp.Gateway.Refusals;
using Swp.Gateway.Sessions;

namespace Swp.Gateway.Hosting;

/// <summary>What is served to operators and backend services: health to everybody, the server API to who has a key.</summary>
internal static class OperationsPipeline
{
    /// <summary>Adds what decides who may call.</summary>
    public static IServiceCollection AddSwpApiAccess(this IServiceCollection services)
    {
        services.AddAuthentication(ApiKey.Scheme).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKey.Scheme, configureOptions: null).AddSessions();
        services.AddAuthorization();
        services.TryAddSingleton<ApiKeyStore>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ApiAccessHandler>());
        services.TryAddSingleton<RefusalBook>();
        services.TryAddSingleton<AuditLog>();
        services.AddHostedService<AuditSummary>();
        return services;
    }

    /// <summary>Routes, lets in who may, and writes down what was done. A route is refused to everybody until it says what it needs.</summary>
    public static void UseOperations(this IApplicationBuilder app, Func<(bool Ready, string Description)> readiness)
    {
        app.UseMiddleware<ProblemPages>();
        app.UseRouting();
        app.UseAuthorization();
        app.UseAudit();
        app.UseEndpoints(routes =>
        {
            var everybody = routes.MapGroup("").AllowAnonymous();
            everybody.MapHealth(readiness);
            everybody.MapPages();
            everybody.MapSessions();
            var api = routes.MapGroup("").RequireAuthorization(ApiAccessRequirement.Policy);
            api.MapClients();
            api.MapConnected();
            api.MapCallerCall();
            api.MapOverview();
            api.MapApiDocument().RequireScope(ApiScope.Read, static _ => null);

            api.MapClusterDashboard();

            // Numbers of all client types.
            api.MapMetrics().RequireScope(ApiScope.Read, static _ => null);
        });
    }
}
