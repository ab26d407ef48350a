namespace Swp.Gateway.Api;

/// <summary>Whatever fails before, or beside, an endpoint ends as problem details too: no path, no such method, a body that cannot be read, a fault.</summary>
internal sealed partial class ProblemPages(RequestDelegate next, ILogger<ProblemPages> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string? detail = null;
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(logger, e, context.Request.Method, context.GetEndpoint()?.DisplayName, context.TraceIdentifier);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            detail = $"The server failed; its log says more at {context.TraceIdentifier}.";
        }

        if (context.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentType: null, ContentLength: null })
        {
            await ApiProblem.OfStatus(context.Response.StatusCode, detail).ExecuteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Endpoint} failed ({Reference})")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string? endpoint, string reference);
}
