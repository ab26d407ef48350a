using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>Who was refused lately.</summary>
internal sealed record RefusalListBody
{
    /// <summary>The most that are told.</summary>
    private const int MaxLines = 500;

    /// <summary>The refusals, the newest first.</summary>
    public required RefusalBody[] Refusals { get; init; }

    /// <summary>How many gateways did not answer. Their refusals are missing.</summary>
    public required int Failed { get; init; }

    public static RefusalListBody From(IReadOnlyCollection<Answer<Refusal[]>> answers) => new()
    {
        Refusals =
        [
            .. answers.SelectMany(answer => (answer.Value ?? []).Select(refusal => RefusalBody.From(refusal, answer.Member.Name)))
                .OrderByDescending(refusal => refusal.LastAt)
                .Take(MaxLines),
        ],
        Failed = answers.Count(answer => answer.Value is null),
    };
}
