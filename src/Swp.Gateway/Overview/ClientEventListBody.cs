using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>What has happened to a client lately.</summary>
internal sealed record ClientEventListBody
{
    /// <summary>The events, the newest first.</summary>
    public required ClientEventBody[] Events { get; init; }

    /// <summary>From then on none is missing that an owner has seen which is still there.</summary>
    public required DateTimeOffset CompleteSince { get; init; }

    /// <summary>How many owners did not answer. What they remember is missing.</summary>
    public required int Failed { get; init; }

    public static ClientEventListBody From(IReadOnlyCollection<Answer<ClientHistory>> answers, int limit)
    {
        ClientEventBody[] events =
        [
            .. answers.SelectMany(answer => (answer.Value?.Events ?? []).Select(happened => ClientEventBody.From(happened, answer.Member.Name)))
                .OrderByDescending(happened => happened.At)
                .Take(limit),
        ];
        var since = answers.Max(answer => answer.Value?.CompleteSince ?? DateTimeOffset.MinValue);
        return new ClientEventListBody
        {
            Events = events,
            CompleteSince = events.Length == limit && events[^1].At > since ? events[^1].At : since,
            Failed = answers.Count(answer => answer.Value is null),
        };
    }
}
