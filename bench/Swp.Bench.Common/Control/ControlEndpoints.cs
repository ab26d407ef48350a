using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Swp.Bench.Control;

/// <summary>The endpoints by which the bench steers a contender's process.</summary>
public static class ControlEndpoints
{
    /// <summary>Only whether the process serves.</summary>
    public static void MapReady(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/bench/ready", () => Results.Ok());

    /// <summary>All of them.</summary>
    public static void MapNode<TPayload>(this IEndpointRouteBuilder endpoints, INode<TPayload> node)
    {
        endpoints.MapReady();
        endpoints.MapPost("/bench/call", context => RunCallsAsync(context, node));
        endpoints.MapPost("/call", context => CallAsync(context, node));
        endpoints.MapPost("/bench/fanout", context => FanOutAsync(context, node));
    }

    private static async Task RunCallsAsync<TPayload>(HttpContext context, INode<TPayload> node)
    {
        var request = await context.Request.ReadFromJsonAsync(BenchJson.Default.CallRunRequest, context.RequestAborted);
        var payload = node.Read(CallPayload.Create(request!.PayloadBytes));
        var run = new CallRun(request, async (target, cancellationToken) =>
            (await node.AskAsync(target, payload, cancellationToken)).Status == AnswerStatus.Answered);
        await context.Response.WriteAsJsonAsync(await run.RunAsync(context.RequestAborted), BenchJson.Default.CallRunResult);
    }

    private static async Task CallAsync<TPayload>(HttpContext context, INode<TPayload> node)
    {
        var payload = node.Read(await ReadBodyAsync(context.Request));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(CallRun.CallTimeout);
        try
        {
            var answer = await node.AskAsync(context.Request.Query["target"].ToString(), payload, timeout.Token);
            context.Response.StatusCode = answer.Status switch
            {
                AnswerStatus.Answered => StatusCodes.Status200OK,
                AnswerStatus.NoSuchClient => StatusCodes.Status404NotFound,
                _ => StatusCodes.Status504GatewayTimeout,
            };
            if (answer.Status == AnswerStatus.Answered)
            {
                Write(context.Response, node.Write(answer.Payload!));
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
        }
    }

    private static async Task FanOutAsync<TPayload>(HttpContext context, INode<TPayload> node)
    {
        var payload = node.Read(await ReadBodyAsync(context.Request));
        context.Response.StatusCode = StatusCodes.Status202Accepted;

        // The bench's clock starts with the answer, so it goes out first.
        context.Response.OnCompleted(() => node.FanOutAsync(payload));
    }

    private static void Write(HttpResponse response, ReadOnlySpan<byte> json)
    {
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        json.CopyTo(response.BodyWriter.GetSpan(json.Length));
        response.BodyWriter.Advance(json.Length);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream(checked((int)(request.ContentLength ?? 256)));
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }
}
