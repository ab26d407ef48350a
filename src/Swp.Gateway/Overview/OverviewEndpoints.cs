using Swp.Gateway.Api;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;

namespace Swp.Gateway.Overview;

/// <summary><c>/api/v1/overview</c>, <c>…/refusals</c> and a client's <c>…/events</c>: what an operator looks at.</summary>
internal static class OverviewEndpoints
{
    private const string EventStream = "text/event-stream";

    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(10);

    private static readonly byte[] Farewell = "event: end\ndata: {}\n\n"u8.ToArray();

    public static void MapOverview(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("The cluster");
        api.MapGet("/overview", async (ClusterOverview overview) => Results.Json(await overview.GetAsync(), ApiJson.Default.OverviewBody))
            .RequireScope(ApiScope.Read, static _ => null)
            .Describe(
                "GetOverview",
                "All members: what they hold, and how fast things go",
                "Every member is asked, and none is waited for longer than 0.8 s: one that does not answer is silent. However many ask, the members are asked once a second by each gateway.")
            .Answers<OverviewBody>(StatusCodes.Status200OK, "The cluster as it is now.")
            .Fails();
        api.MapGet("/overview/stream", StreamAsync)
            .RequireScope(ApiScope.Read, static _ => null)
            .Describe(
                "WatchOverview",
                "The overview once a second, as server-sent events",
                $"Events named overview, whose data is what GetOverview answers; one named end when the gateway stops, the API keys change, or after ten minutes: connect again. {OverviewFeed.MaxWatchers} may watch at a gateway, {OverviewFeed.MaxWatchersOfKey} of them with one API key.")
            .AnswersEvents("The events, until either side ends them.")
            .DisableHttpMetrics()
            .Fails(503);
        api.MapGet("/refusals", RefusalsAsync)
            .RequireScope(ApiScope.Read, static _ => null)
            .Describe(
                "ListRefusals",
                "Who was refused lately: sockets, OPENs, and calls of this API",
                "The newest first. The same reason from the same address at one gateway is one line; beyond some addresses of one reason the rest are one line without address.")
            .Answers<RefusalListBody>(StatusCodes.Status200OK, "The refusals that the gateways remember.")
            .Fails();
        HistoryEndpoint.Map(routes);
    }

    private static async Task StreamAsync(HttpContext context, ClusterOverview overview, OverviewFeed feed, ApiKeyStore keys, TimeProvider time)
    {
        var started = time.GetTimestamp();
        // Before it is promised: what fails here is a problem of its own.
        var inForce = keys.Current;
        var first = OverviewFeed.Encode(await overview.GetAsync());
        var key = context.User.Identity is { IsAuthenticated: true } && !inForce.IsEmpty ? ApiKeyIdentity.NameOf(context.User) : null;
        if (feed.TryWatch(key) is not { } watcher)
        {
            await ApiProblem.Busy(feed.IsUsedUp(key)
                ? $"{OverviewFeed.MaxWatchersOfKey} watch at this gateway with this API key, as many as may: close one, or try another gateway."
                : "As many watch at this gateway as may, or it is stopping: try again, or another gateway.").ExecuteAsync(context);
            return;
        }

        try
        {
            context.Response.ContentType = EventStream;
            context.Response.Headers.CacheControl = "no-store";
            await SendAsync(context, first);

            // Whose key was taken away while it watches has to come in again; now and then everybody, for a session ends without a word.
            while (keys.Current == inForce && time.GetElapsedTime(started) < LongestWatch && await watcher.Reader.WaitToReadAsync(context.RequestAborted) && watcher.Reader.TryRead(out var frame))
            {
                await SendAsync(context, frame);
            }

            await SendAsync(context, Farewell);
        }
        finally
        {
            feed.Leave(watcher);
        }
    }

    private static async Task SendAsync(HttpContext context, byte[] frame)
    {
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static async Task<IResult> RefusalsAsync(ClusterMembers members) =>
        Results.Json(RefusalListBody.From(await members.AskRefusalsAsync()), ApiJson.Default.RefusalListBody);
}
