namespace Swp.Chaos.Checking;

/// <summary>What is told not to have reached the client has not reached it.</summary>
internal sealed class NeverSeenRule : IRule
{
    private const string Name = "never left for the client";

    private static readonly HashSet<string> Unsent =
    [
        "not_sent", "not_connected", "unknown_client", "unknown_type", "too_many_pending", "payload_too_large", "banned", "cluster_unavailable",
    ];

    public IEnumerable<Violation> Check(LogIndex log) =>
        from pair in log.Ended
        where Unsent.Contains(pair.End.Outcome)
        let sighting = log.Sightings[pair.Call.Number].FirstOrDefault()
        where sighting is not null
        select new Violation(Name, ViolationKind.Wrong, pair.End.At, $"call {pair.Call.Number} ended as {pair.End.Outcome} and the client saw it", pair.Call.Number, pair.Call.Client);
}
