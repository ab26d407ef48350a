using Swp.Clients;
using Swp.Gateway.Audit;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;

namespace Swp.Gateway.Api;

/// <summary><c>/api/v1/clients/{type}/{id}/ban</c> and <c>…/connection</c>: keep a client out, send it away.</summary>
internal static class AdministrationEndpoints
{
    private static readonly BanBody ForEver = new();

    public static void MapAdministration(this IEndpointRouteBuilder client)
    {
        const string Written = "In force, and written: it outlives whatever dies.";
        const string InForce = "In force at the client's owner; the store does not answer. It is written when the store is back, and lost if the owner ends before that.";
        client.MapPut("/ban", BanAsync)
            .RequireScope(ApiScope.Admin).Audited("ban")
            .Describe("BanClient", "Keep a client out", "Closes its connection with 4505. In place of an earlier ban. The id need not have connected before.")
            .TakesJson<BanBody>(required: false)
            .Answers(StatusCodes.Status204NoContent, Written)
            .Answers(StatusCodes.Status202Accepted, InForce)
            .Fails(400, 404, 413, 415, 503);
        client.MapDelete("/ban", (HttpContext context, ISwpClients clients) => AnswerAsync(context, clients, static (client, ct) => client.UnbanAsync(ct), Answer))
            .RequireScope(ApiScope.Admin).Audited("unban")
            .Describe("UnbanClient", "Let a client in again", "Does nothing when it is not banned.")
            .Answers(StatusCodes.Status204NoContent, Written)
            .Answers(StatusCodes.Status202Accepted, InForce)
            .Fails(400, 404, 503);
        client.MapDelete("/connection", (HttpContext context, ISwpClients clients) => AnswerAsync(context, clients, static (client, ct) => client.DisconnectAsync(ct), Answer))
            .RequireScope(ApiScope.Admin).Audited("disconnect")
            .Describe("DisconnectClient", "Close a client's connection", "With 4506, after which the client does not come back by itself.")
            .Answers(StatusCodes.Status204NoContent, "It is closed, and nothing it still says has an effect.")
            .Fails(400, 404, 503);
    }

    private static async Task<IResult> BanAsync(HttpContext context, ISwpClients clients)
    {
        // No body is a ban for ever; so is "null", which is what a client library may make of none.
        var (ban, unreadable) = await ApiBody.ReadAsync(context, ApiJson.Default.BanBody, "ban", ForEver);
        if (unreadable is not null)
        {
            return unreadable;
        }

        try
        {
            return await AnswerAsync(context, clients, (client, ct) => client.BanAsync(ban.Until, ban.Reason, ct), Answer);
        }
        catch (ArgumentException)
        {
            return ApiProblem.BadRequest(
                $"until is in the future; reason has at most {BanRequest.MaxReasonLength} characters, no control characters and no unpaired surrogates.");
        }
    }

    private static async Task<IResult> AnswerAsync<T>(
        HttpContext context,
        ISwpClients clients,
        Func<ISwpClient, CancellationToken, Task<T>> act,
        Func<T, IResult> answer)
    {
        if (ClientEndpoints.Resolve(context, clients, out var client) is { } problem)
        {
            return problem;
        }

        try
        {
            return answer(await act(client, context.RequestAborted));
        }
        catch (SwpUnavailableException e)
        {
            return ApiProblem.Unavailable(e);
        }
    }

    private static IResult Answer(BanOutcome outcome) => outcome switch
    {
        BanOutcome.Written => Results.NoContent(),
        BanOutcome.InForce => Results.Accepted(),
        _ => ApiProblem.UnknownType(),
    };

    private static IResult Answer(CallResult result) =>
        result.Outcome == CallOutcome.Completed ? Results.NoContent() : ApiProblem.Outcome(result);
}
