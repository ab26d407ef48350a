using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Swp.Clients;
using Swp.Gateway.Keys;

namespace Swp.Gateway.Api;

/// <summary><c>/api/v1/clients/{type}/{id}</c>: ask a client, send to it, look at it.</summary>
internal static class ClientEndpoints
{
    /// <summary>The largest payload a type can allow, twice (JSON text in a string grows), and the rest of the body.</summary>
    public const int MaxBodyBytes = (8 * 1024 * 1024) + 4096;

    public static void MapClients(this IEndpointRouteBuilder routes)
    {
        var client = routes.MapGroup("/api/v1/clients/{type}/{id}");
        client.MapPost("/requests", (HttpContext context, ISwpClients clients) => CallAsync(context, clients, static (client, data, options, ct) => client.RequestAsync(data, options, ct), Answer)).RequireScope(ApiScope.Call);
        client.MapPost("/messages", (HttpContext context, ISwpClients clients) => CallAsync(context, clients, static (client, data, options, ct) => client.SendAsync(data, options, ct), Accepted)).RequireScope(ApiScope.Call);
        client.MapGet("", GetStatusAsync).RequireScope(ApiScope.Read);
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

        CallBody body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.Default.CallBody, context.RequestAborted)
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException e)
        {
            return ApiProblem.BadBody("call", e);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiProblem.Outcome(new CallResult { Outcome = CallOutcome.PayloadTooLarge, Message = $"The body is larger than {MaxBodyBytes} bytes." });
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

        if (!TryGetPayload(body.Data, out var data))
        {
            return ApiProblem.BadRequest("The body is not UTF-8.");
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
            return !status.TypeIsKnown ? UnknownType()
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
            return UnknownType();
        }

        client = clients.Get(new ClientKey(type, id));
        return null;
    }

    /// <summary>There is no such client type.</summary>
    public static IResult UnknownType() => ApiProblem.Outcome(new CallResult { Outcome = CallOutcome.UnknownType, Message = "There is no such client type." });

    // The JSON reader does not look into strings, and bytes that are no text would end the client's connection.
    private static bool TryGetPayload(JsonElement data, out JsonPayload payload)
    {
        payload = JsonPayload.None;
        if (data.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return true;
        }

        var utf8 = JsonMarshal.GetRawUtf8Value(data);
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        payload = JsonPayload.FromValidated(utf8.ToArray());
        return true;
    }
}
