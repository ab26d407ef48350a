using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Swp.Cluster.Health;

/// <summary>What an orchestrator asks. Liveness calls nothing remote: a member must not be restarted because another one is down.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes, Func<(bool Ready, string Description)> readiness)
    {
        const string Text = "text/plain";
        var health = routes.MapGroup("/health").WithTags("Health").DisableHttpMetrics();
        health.MapGet("/live", () => Results.Text("live\n"))
            .WithName("GetLiveness")
            .WithSummary("Whether the process answers; nobody else is asked")
            .Produces<string>(StatusCodes.Status200OK, Text);
        health.MapGet("/ready", () =>
            {
                var (ready, description) = readiness();
                return Results.Text(description + "\n", statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            })
            .WithName("GetReadiness")
            .WithSummary("Whether it takes new work; in words why not")
            .Produces<string>(StatusCodes.Status200OK, Text)
            .Produces<string>(StatusCodes.Status503ServiceUnavailable, Text);
    }
}
