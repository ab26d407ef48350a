namespace Swp.Chaos.Logs;

/// <summary>Everything that was seen in a run, by one monotonic clock.</summary>
internal sealed record RunLog
{
    /// <summary>In the order of their time.</summary>
    public IReadOnlyList<ClientEvent> Events { get; init; } = [];

    public IReadOnlyList<Call> Calls { get; init; } = [];

    public IReadOnlyList<CallEnd> Ends { get; init; } = [];

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public IReadOnlyList<MemberEnd> MemberEnds { get; init; } = [];

    /// <summary>When the harness itself did not run as it should: what is late because of it is nobody's fault.</summary>
    public IReadOnlyList<Period> Stalls { get; init; } = [];

    /// <summary>When the log was closed.</summary>
    public TimeSpan End { get; init; }
}
