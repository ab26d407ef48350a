namespace Swp.Gateway.Audit;

/// <summary>Marks endpoints and records what is done by them.</summary>
internal static class AuditExtensions
{
    /// <summary>Every request to this endpoint is a line of the audit log.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder endpoint, string act)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AuditedAct(act));

    /// <summary>Records what comes of the requests to audited endpoints.</summary>
    public static IApplicationBuilder UseAudit(this IApplicationBuilder app)
    {
        var audit = app.ApplicationServices.GetRequiredService<AuditLog>();
        return app.Use((context, next) =>
            context.GetEndpoint()?.Metadata.GetMetadata<AuditedAct>() is { } act ? RecordAsync(audit, act, context, next) : next(context));
    }

    private static async Task RecordAsync(AuditLog audit, AuditedAct act, HttpContext context, RequestDelegate next)
    {
        var ended = false;
        try
        {
            await next(context);
            ended = true;
        }
        finally
        {
            // One that failed, or whose caller went away, may have had its effect.
            audit.Done(context, act, ended && (context.Response.HasStarted || !context.RequestAborted.IsCancellationRequested) ? $"HTTP {context.Response.StatusCode}" : "not known");
        }
    }
}
