using Swp.Clients;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;

namespace Swp.Gateway.Api;

/// <summary><c>/api/v1/clients/{type}/{id}</c>: ask a client, send to it, look at it.</summary>
internal static class ClientEndpoints
{
    /// <summary>The largest payload a type can allow, twice (JSON text in a string grows), and the rest of the body.</summary>
    public const int MaxBodyBytes = (8 * 1024 * 1024) + 4096;

    public static void MapClients(this IEndpointRouteBuilder routes)
    {
        var client = routes.MapGroup("/api/v1/clients/{type}/{id}").WithTags("One client");
        client.MapPost("/requests", (HttpContext context, ISwpClients clients) => CallAsync(context, clients, static (client, data, options, ct) => client.RequestAsync(data, options, ct), Answer))
            .RequireScope(ApiScope.Call)
            .Describe("RequestClient", "Ask a client and wait for its answer", "A caller that closes its connection cancels the call.")
            .TakesJson<CallBody>()
            .Answers<CallAnswerBody>(StatusCodes.Status200OK, "The client answered; its own code may say failure.")
            .Fails(400, 404, 413, 415, 429, 502, 503, 504);
        client.MapPost("/messages", (HttpContext context, ISwpClients clients) => CallAsync(context, clients, static (client, data, options, ct) => client.SendAsync(data, options, ct), Accepted))
            .RequireScope(ApiScope.Call)
            .Describe("SendToClient", "Send a client a message that needs no answer", "A caller that closes its connection cancels the call.")
            .TakesJson<CallBody>()
            .Answers(StatusCodes.Status202Accepted, "The client's gateway has it.")
            .Fails(400, 404, 413, 415, 429, 502, 503, 504);
        client.MapGet("", GetStatusAsync)
            .RequireScope(ApiScope.Read)
            .Describe("GetClient", "What is known of a client now")
            .Answers<ClientStatusBody>(StatusCodes.Status200OK, "The client, connected or not.")
            .Fails(400, 404, 503);
        client.MapAdministration();
    }

    private static IResult Answer(CallResult result) => new CallResponse(result);

    private static IResult Accepted(CallResult result) => Results.Accepted();

    private static async Task<IResult> CallAsync(
        HttpContext context,
        ISwpClients clients,
        Func<ISwpClient, JsonPayload, CallOptions, CancellationToken, Task<CallResult>> call,
        Func<CallResult, IResult> completed)
    {
        if (Resolve(context, clients, out var client) is { } problem)
        {
            return problem;
        }

        var (body, unreadable) = await ApiBody.ReadAsync(context, ApiJson.Default.CallBody, "call");
        if (unreadable is not null)
        {
            return unreadable;
        }

        var options = new CallOptions
        {
            Timeout = body.TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : CallOptions.Default.Timeout,
            WaitForConnect = TimeSpan.FromMilliseconds(body.WaitForConnectMs ?? 0),
            Idempotent = body.Idempotent ?? false,
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentOutOfRangeException)
        {
            return ApiProblem.BadRequest("timeoutMs is 1 to 300000, waitForConnectMs 0 to 300000.");
        }

        if (ApiBody.ReadPayload(body.Data, out var data) is { } unsendable)
        {
            return unsendable;
        }

        var result = await context.RequestServices.GetRequiredService<ApiCalls>().RunAsync(ct => call(client, data, options, ct), context.RequestAborted);
        return result.Outcome == CallOutcome.Completed ? completed(result) : ApiProblem.Outcome(result, options.Idempotent);
    }

    private static async Task<IResult> GetStatusAsync(HttpContext context, ISwpClients clients)
    {
        if (Resolve(context, clients, out var client) is { } problem)
        {
            return problem;
        }

        try
        {
            var status = await client.GetStatusAsync(context.RequestAborted);
            return !status.TypeIsKnown ? ApiProblem.UnknownType()
                : !status.IsKnown && !status.Banned ? ApiProblem.Outcome(new CallResult { Outcome = CallOutcome.UnknownClient, Message = "No client of this id has ever connected." })
                : Results.Json(ClientStatusBody.From(status), ApiJson.Default.ClientStatusBody);
        }
        catch (SwpUnavailableException e)
        {
            return ApiProblem.Unavailable(e);
        }
    }

    /// <summary>Finds the client a request names.</summary>
    /// <returns>What is wrong with its name, or <see langword="null"/>.</returns>
    public static IResult? Resolve(HttpContext context, ISwpClients clients, out ISwpClient client)
    {
        client = null!;
        if (!ClientRoute.TryRead(context, out var type, out var id))
        {
            return ApiProblem.BadRequest("A client id has 1 to 128 characters, no control characters and no unpaired surrogates.");
        }

        if (!ClientKey.IsValidType(type))
        {
            return ApiProblem.UnknownType();
        }

        client = clients.Get(new ClientKey(type, id));
        return null;
    }
}
