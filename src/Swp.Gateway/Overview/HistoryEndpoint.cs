using System.Globalization;
using Swp.Clients;
using Swp.Gateway.Api;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;
using Swp.Gateway.Types;

namespace Swp.Gateway.Overview;

/// <summary><c>/api/v1/clients/{type}/{id}/events</c>: what has happened to a client lately.</summary>
internal static class HistoryEndpoint
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/clients/{type}/{id}/events", AnswerAsync)
        .WithTags("One client")
        .RequireScope(ApiScope.Read)
        .Describe(
            "ListClientEvents",
            "What has happened to a client lately",
            "Connections that came, went and were refused, calls and their outcomes, administrative acts: of the last few thousand of each that an owner has seen, those of this client. An owner that is gone takes what it remembered with it.")
        .TakesQuery("limit", "The most events.", (1, MaxLimit, DefaultLimit))
        .Answers<ClientEventListBody>(StatusCodes.Status200OK, "The events, the newest first. None for a client that nobody has heard of.")
        .Fails(400, 404, 503);

    private static async Task<IResult> AnswerAsync(HttpContext context, ISwpClients clients, ClusterMembers members, ClientTypeDirectory types)
    {
        if (ClientEndpoints.Resolve(context, clients, out var client) is { } problem)
        {
            return problem;
        }

        var limit = DefaultLimit;
        if (context.Request.Query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return ApiProblem.BadRequest($"limit is 1 to {MaxLimit}.");
        }

        if (types.Owners.Count > 0 && types.Find(client.Key.Type) is null)
        {
            return ApiProblem.UnknownType();
        }

        var answers = await members.AskHistoryAsync(client.Key, limit);
        return Array.Exists(answers, answer => answer.Value is not null)
            ? Results.Json(ClientEventListBody.From(answers, limit), ApiJson.Default.ClientEventListBody)
            : ApiProblem.Unavailable(new SwpUnavailableException("No owner could say."));
    }
}
