using Swp.Gateway.Api;

namespace Swp.Gateway.OpenApi;

/// <summary>What an endpoint's description says of it.</summary>
internal static class EndpointWords
{
    /// <summary>Its name and what it does.</summary>
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, string name, string summary, string? description = null)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithName(name).WithSummary(summary);
        return description is null ? endpoint : endpoint.WithDescription(description);
    }

    /// <summary>It reads a body.</summary>
    public static TBuilder TakesJson<TBody, TBuilder>(this TBuilder endpoint, bool required)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new JsonBodyMetadata(typeof(TBody), required));

    /// <inheritdoc cref="TakesJson{TBody, TBuilder}"/>
    public static RouteHandlerBuilder TakesJson<TBody>(this RouteHandlerBuilder endpoint, bool required = true) => endpoint.TakesJson<TBody, RouteHandlerBuilder>(required);

    /// <summary>It reads a query parameter.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, string name, string description, (int Min, int Max, int Default)? range = null) =>
        endpoint.WithMetadata(new QueryMetadata(name, description, range));

    /// <summary>It succeeds with a body.</summary>
    public static RouteHandlerBuilder Answers<TBody>(this RouteHandlerBuilder endpoint, int status, string description) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(TBody), ["application/json"]) { Description = description });

    /// <summary>It succeeds, and that is all it says.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, int status, string description) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)) { Description = description });

    /// <summary>It succeeds with events that go on and on.</summary>
    public static RouteHandlerBuilder AnswersEvents(this RouteHandlerBuilder endpoint, string description) =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/event-stream"]) { Description = description });

    /// <summary>It fails with problem details: also for who may not call, and with the server's own faults.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (ReadOnlySpan<int>)[.. statuses, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status500InternalServerError])
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [ApiProblem.ContentType]) { Description = WordsOf(status) });
        }

        return endpoint;
    }

    private static string WordsOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be understood; detail names the place.",
        StatusCodes.Status401Unauthorized => "No API key that is known, or a caller that may not do without.",
        StatusCodes.Status403Forbidden => "The API key is not for this; or banned: the client is kept out.",
        StatusCodes.Status404NotFound => "unknown_type, unknown_client, or not_connected (with lastSeen), whichever is asked about.",
        StatusCodes.Status413PayloadTooLarge => "payload_too_large: larger than the client type allows, or than any may.",
        StatusCodes.Status415UnsupportedMediaType => "The body says that it is something else than JSON.",
        StatusCodes.Status429TooManyRequests => "too_many_pending: ask again when others have ended.",
        StatusCodes.Status502BadGateway => "lost_in_flight: sent, and whoever was to bring the answer was lost. It may have been executed.",
        StatusCodes.Status503ServiceUnavailable => "not_sent or cluster_unavailable: it has had no effect, and may be asked again.",
        StatusCodes.Status504GatewayTimeout => "timed_out: sent, and there was no answer in time.",
        _ => "The server failed; its log says more under the reference in detail.",
    };
}
