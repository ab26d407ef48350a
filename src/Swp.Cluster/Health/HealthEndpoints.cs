using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Swp.Cluster.Health;

/// <summary>What an orchestrator asks. Liveness calls nothing remote: a member must not be restarted because another one is down.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes, Func<(bool Ready, string Description)> readiness)
    {
        routes.MapGet("/health/live", () => Results.Text("live\n")).DisableHttpMetrics();
        routes.MapGet("/health/ready", () =>
        {
            var (ready, description) = readiness();
            return Results.Text(description + "\n", statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).DisableHttpMetrics();
    }
}
