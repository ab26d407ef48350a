using System.Text.Json;
using Swp.Clients;
using Swp.Gateway.Audit;
using Swp.Gateway.Keys;

namespace Swp.Gateway.Api;

/// <summary><c>/api/v1/clients/{type}/{id}/ban</c> and <c>…/connection</c>: keep a client out, send it away.</summary>
internal static class AdministrationEndpoints
{
    private static readonly BanBody ForEver = new();

    public static void MapAdministration(this IEndpointRouteBuilder client)
    {
        client.MapPut("/ban", BanAsync).RequireScope(ApiScope.Admin).Audited("ban");
        client.MapDelete("/ban", (HttpContext context, ISwpClients clients) => AnswerAsync(context, clients, static (client, ct) => client.UnbanAsync(ct), Answer))
            .RequireScope(ApiScope.Admin).Audited("unban");
        client.MapDelete("/connection", (HttpContext context, ISwpClients clients) => AnswerAsync(context, clients, static (client, ct) => client.DisconnectAsync(ct), Answer))
            .RequireScope(ApiScope.Admin).Audited("disconnect");
    }

    private static async Task<IResult> BanAsync(HttpContext context, ISwpClients clients)
    {
        BanBody ban;
        try
        {
            ban = await ReadAsync(context.Request, context.RequestAborted);
        }
        catch (JsonException e)
        {
            return ApiProblem.BadBody("ban", e);
        }
        catch (BadHttpRequestException e)
        {
            return ApiProblem.BadRequest("The body is no valid ban.", e.StatusCode);
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
        _ => ClientEndpoints.UnknownType(),
    };

    private static IResult Answer(CallResult result) =>
        result.Outcome == CallOutcome.Completed ? Results.NoContent() : ApiProblem.Outcome(result);

    // No body is a ban for ever; so is "null", which is what a client library may make of none.
    private static async Task<BanBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var first = await request.BodyReader.ReadAsync(cancellationToken);
        var isEmpty = first.Buffer.IsEmpty && first.IsCompleted;
        request.BodyReader.AdvanceTo(first.Buffer.Start);
        return isEmpty ? ForEver : await JsonSerializer.DeserializeAsync(request.BodyReader, ApiJson.Default.BanBody, cancellationToken) ?? ForEver;
    }
}
