using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>Problem details (RFC 9457) of what did not end well.</summary>
internal static class ApiProblem
{
    private const int ClientClosedRequest = 499;

    /// <summary>The HTTP status of an outcome.</summary>
    public static int StatusOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Completed => StatusCodes.Status200OK,
        CallOutcome.NotConnected or CallOutcome.UnknownClient or CallOutcome.UnknownType => StatusCodes.Status404NotFound,
        CallOutcome.TooManyPending => StatusCodes.Status429TooManyRequests,
        CallOutcome.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        CallOutcome.NotSent or CallOutcome.ClusterUnavailable => StatusCodes.Status503ServiceUnavailable,
        CallOutcome.LostInFlight => StatusCodes.Status502BadGateway,
        CallOutcome.TimedOut => StatusCodes.Status504GatewayTimeout,
        CallOutcome.Cancelled => ClientClosedRequest,
        CallOutcome.Banned => StatusCodes.Status403Forbidden,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>A call that did not complete.</summary>
    public static IResult Outcome(CallResult result, bool idempotent = false)
    {
        var problem = Create(StatusOf(result.Outcome), $"urn:swp:outcome:{result.Outcome.ToWireName()}", result.Message);
        problem.Extensions["outcome"] = result.Outcome.ToWireName();
        problem.Extensions["retryable"] = result.Outcome.IsRetryable(idempotent);
        if (result.LastSeen is { } lastSeen)
        {
            problem.Extensions["lastSeen"] = lastSeen.UtcDateTime.ToString("O");
        }

        if (result.Uuid is { } uuid)
        {
            problem.Extensions["uuid"] = uuid;
        }

        problem.Extensions["elapsedMs"] = Math.Round(result.Elapsed.TotalMilliseconds, 1);
        return Write(problem);
    }

    /// <summary>A request that cannot be understood.</summary>
    public static IResult BadRequest(string detail, int status = StatusCodes.Status400BadRequest) => Write(Create(status, "urn:swp:bad-request", detail));

    /// <summary>Who calls is not known.</summary>
    public static IResult Unauthorized(string detail) => Write(Create(StatusCodes.Status401Unauthorized, "urn:swp:unauthorized", detail));

    /// <summary>Who calls may not do this.</summary>
    public static IResult Forbidden(string? detail) => Write(Create(StatusCodes.Status403Forbidden, "urn:swp:forbidden", detail));

    /// <summary>A body that is not what it should be; names the place.</summary>
    public static IResult BadBody(string what, JsonException exception) =>
        BadRequest($"The body is no valid {what}{(exception.Path is { Length: > 1 } path ? $": see {path}" : "")}.");

    /// <summary>The client's owner could not be reached.</summary>
    public static IResult Unavailable(SwpUnavailableException exception) =>
        Outcome(new CallResult { Outcome = CallOutcome.ClusterUnavailable, Message = exception.Message });

    private static ProblemDetails Create(int status, string type, string? detail) => new()
    {
        Status = status,
        Type = type,
        Title = status == ClientClosedRequest ? "Client Closed Request" : Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        Detail = detail,
    };

    private static IResult Write(ProblemDetails problem) =>
        Results.Json(problem, statusCode: problem.Status, contentType: "application/problem+json");
}
