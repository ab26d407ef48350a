using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>Problem details (RFC 9457) of what did not end well.</summary>
internal static class ApiProblem
{
    public const string ContentType = "application/problem+json";

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
    public static IResult Outcome(CallResult result, bool idempotent = false) => Write(
        Create(StatusOf(result.Outcome), $"urn:swp:outcome:{result.Outcome.ToWireName()}", result.Message) with
        {
            Outcome = result.Outcome.ToWireName(),
            Retryable = result.Outcome.IsRetryable(idempotent),
            LastSeen = result.LastSeen?.UtcDateTime.ToString("O"),
            Uuid = result.Uuid,
            ElapsedMs = Math.Round(result.Elapsed.TotalMilliseconds, 1),
        });

    /// <summary>A request that cannot be understood.</summary>
    public static IResult BadRequest(string detail) => Write(Create(StatusCodes.Status400BadRequest, "urn:swp:bad-request", detail));

    /// <summary>Who calls is not known.</summary>
    public static IResult Unauthorized(string detail) => Write(Create(StatusCodes.Status401Unauthorized, "urn:swp:unauthorized", detail));

    /// <summary>Who calls may not do this.</summary>
    public static IResult Forbidden(string? detail) => Write(Create(StatusCodes.Status403Forbidden, "urn:swp:forbidden", detail));

    /// <summary>A body that is not what it should be; names the place.</summary>
    public static IResult BadBody(string what, JsonException exception) =>
        BadRequest($"The body is no valid {what}{(exception.Path is { Length: > 1 } path ? $": see {path}" : "")}.");

    /// <summary>A request that nobody has looked into, by its HTTP status alone.</summary>
    /// <param name="status">The status.</param>
    /// <param name="detail">What is known; <see langword="null"/> for what the status says.</param>
    public static IResult OfStatus(int status, string? detail = null) => status switch
    {
        StatusCodes.Status400BadRequest => BadRequest(detail ?? "The request could not be read."),
        StatusCodes.Status404NotFound => Write(Create(status, "urn:swp:not-found", detail ?? "There is nothing at this path.")),
        StatusCodes.Status405MethodNotAllowed => Write(Create(status, "urn:swp:method-not-allowed", detail ?? "This path takes other methods: see Allow.")),
        StatusCodes.Status413PayloadTooLarge =>
            Outcome(new CallResult { Outcome = CallOutcome.PayloadTooLarge, Message = detail ?? $"The body is larger than {ClientEndpoints.MaxBodyBytes} bytes." }),
        StatusCodes.Status415UnsupportedMediaType => Write(Create(status, "urn:swp:unsupported-media-type", detail ?? "The body is to be application/json.")),
        StatusCodes.Status500InternalServerError => Write(Create(status, "urn:swp:internal-error", detail)),
        _ => Write(Create(status, "about:blank", detail)),
    };

    /// <summary>The client's owner, or whoever was to be asked, could not be reached.</summary>
    public static IResult Unavailable(SwpUnavailableException exception) =>
        Outcome(new CallResult { Outcome = CallOutcome.ClusterUnavailable, Message = exception.Message });

    /// <summary>There is no room; nothing has been done.</summary>
    public static IResult Busy(string detail) => Outcome(new CallResult { Outcome = CallOutcome.NotSent, Message = detail });

    /// <summary>There is no such client type.</summary>
    public static IResult UnknownType() => Outcome(new CallResult { Outcome = CallOutcome.UnknownType, Message = "There is no such client type." });

    private static ProblemBody Create(int status, string type, string? detail) => new()
    {
        Status = status,
        Type = type,
        Title = status == ClientClosedRequest ? "Client Closed Request" : ReasonPhrases.GetReasonPhrase(status),
        Detail = detail,
    };

    private static IResult Write(ProblemBody problem) =>
        Results.Json(problem, ApiJson.Default.ProblemBody, statusCode: problem.Status, contentType: ContentType);
}
