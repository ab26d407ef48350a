namespace Swp.Cli.Crowds;

/// <summary>What became of a crowd.</summary>
internal sealed record CrowdSummary
{
    public required int Clients { get; init; }

    /// <summary>How many have been connected at least once.</summary>
    public required long EverConnected { get; init; }

    /// <summary>How many were when it ended.</summary>
    public required long Connected { get; init; }

    /// <summary>How many were sent away for good.</summary>
    public required long SentAway { get; init; }

    /// <summary>How often one was connected.</summary>
    public required long Connects { get; init; }

    public required double? ConnectP50Ms { get; init; }

    public required double? ConnectP99Ms { get; init; }

    public required long Drops { get; init; }

    /// <summary>Calls and messages that came.</summary>
    public required long Received { get; init; }

    public required long Answered { get; init; }

    public required long Unanswered { get; init; }

    /// <summary>Answers that were due when their connection had ended.</summary>
    public required long LostAnswers { get; init; }

    public required long Queries { get; init; }

    public required long FailedQueries { get; init; }

    public required double? QueryP50Ms { get; init; }

    public required double? QueryP99Ms { get; init; }

    /// <summary>How connections ended before the crowd was told to leave.</summary>
    public required SortedDictionary<string, long> Ends { get; init; }

    /// <summary>From the first attempt until it was told to leave.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether everybody got in, and nobody was sent away.</summary>
    public bool Ok => EverConnected == Clients && SentAway == 0;

    public static CrowdSummary Of(CrowdPlan plan, CrowdCounts counts, TimeSpan elapsed) => new()
    {
        Clients = plan.Count,
        EverConnected = counts.EverConnected,
        Connected = counts.Connected,
        SentAway = counts.Gone,
        Connects = counts.Opens,
        ConnectP50Ms = counts.Connecting.Percentile(0.5),
        ConnectP99Ms = counts.Connecting.Percentile(0.99),
        Drops = counts.Drops,
        Received = counts.Received,
        Answered = counts.Answered,
        Unanswered = counts.Unanswered,
        LostAnswers = counts.FailedAnswers,
        Queries = counts.Queries,
        FailedQueries = counts.FailedQueries,
        QueryP50Ms = counts.Asking.Percentile(0.5),
        QueryP99Ms = counts.Asking.Percentile(0.99),
        Ends = counts.Ends.ToSorted(),
        Seconds = Math.Round(elapsed.TotalSeconds, 1),
    };
}
