using System.Globalization;
using Swp.Clients;
using Swp.Gateway.Audit;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;

namespace Swp.Gateway.Api;

/// <summary><c>/api/v1/clients</c> and <c>/api/v1/types</c>: what concerns those who are connected, and not one client.</summary>
internal static class ConnectedEndpoints
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    public static void MapConnected(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("All clients");
        api.MapGet("/clients", ListAsync)
            .RequireScope(ApiScope.Read, static context => Text(context.Request.Query, "type"))
            .Describe(
                "ListClients",
                "Who is connected, a page at a time",
                "A client that stays connected by one connection is listed exactly once, whoever comes and goes, gateways among them. One that connects anew meanwhile may be listed twice, or not.")
            .TakesQuery("type", "Only clients of this type.")
            .TakesQuery("cursor", "The next of the page before.")
            .TakesQuery("limit", "The most clients on the page.", (1, MaxLimit, DefaultLimit))
            .Answers<ClientPageBody>(StatusCodes.Status200OK, "A page.")
            .Fails(400, 404, 503);
        api.MapGet("/types", GetTypesAsync)
            .RequireScope(ApiScope.Read, static _ => null)
            .Describe("ListTypes", "The client types, their limits, and how many clients of each are connected")
            .Answers<ClientTypesBody>(StatusCodes.Status200OK, "The types.")
            .Fails(503);
        api.MapPost("/types/{type}/messages", BroadcastAsync)
            .RequireScope(ApiScope.Call).Audited("broadcast")
            .Describe(
                "Broadcast",
                "Send a message to every connected client of a type",
                "At most once to each connection that is open at that time, and not tried again. A client that does not read is closed, as for any message.")
            .TakesJson<BroadcastBody>()
            .Answers<BroadcastAnswerBody>(StatusCodes.Status200OK, "Every gateway was told.")
            .Fails(400, 404, 413, 415, 429, 502, 503);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISwpClients clients)
    {
        var query = context.Request.Query;
        var type = Text(query, "type");
        var limit = DefaultLimit;
        if (Text(query, "limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return ApiProblem.BadRequest($"limit is 1 to {MaxLimit}.");
        }

        if (type is not null && !ClientKey.IsValidType(type))
        {
            return ApiProblem.UnknownType();
        }

        try
        {
            var page = await clients.ListAsync(type, Text(query, "cursor"), limit, context.RequestAborted);
            return page.TypeIsKnown
                ? Results.Json(
                    new ClientPageBody { Clients = [.. page.Clients.Select(ConnectedClientBody.From)], Next = page.Next, Failed = page.Failed },
                    ApiJson.Default.ClientPageBody)
                : ApiProblem.UnknownType();
        }
        catch (ArgumentException)
        {
            return ApiProblem.BadRequest("cursor is the next of an earlier page of the same listing.");
        }
        catch (SwpUnavailableException e)
        {
            return ApiProblem.Unavailable(e);
        }
    }

    private static async Task<IResult> GetTypesAsync(HttpContext context, ISwpClients clients)
    {
        try
        {
            var list = await clients.GetTypesAsync(context.RequestAborted);
            return Results.Json(new ClientTypesBody { Types = [.. list.Types.Select(ClientTypeBody.From)], Failed = list.Failed }, ApiJson.Default.ClientTypesBody);
        }
        catch (SwpUnavailableException e)
        {
            return ApiProblem.Unavailable(e);
        }
    }

    private static async Task<IResult> BroadcastAsync(HttpContext context, string type, ISwpClients clients)
    {
        // As it was sent: the audit log and the key's check name that one, and a path with ".." leads to another.
        if (!ClientKey.IsValidType(type) || ClientRoute.TypeOf(context) != type)
        {
            return ApiProblem.UnknownType();
        }

        var (body, unreadable) = await ApiBody.ReadAsync(context, ApiJson.Default.BroadcastBody, "broadcast");
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (ApiBody.ReadPayload(body.Data, out var data) is { } unsendable)
        {
            return unsendable;
        }

        var result = await clients.BroadcastAsync(type, data, context.RequestAborted);
        return result.Outcome == CallOutcome.Completed
            ? Results.Json(new BroadcastAnswerBody { Gateways = result.Gateways, Clients = result.Clients, Failed = result.Failed }, ApiJson.Default.BroadcastAnswerBody)
            : ApiProblem.Outcome(new CallResult { Outcome = result.Outcome, Message = result.Message });
    }

    // "?type=" is what a form leaves when nothing was filled in.
    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
}
