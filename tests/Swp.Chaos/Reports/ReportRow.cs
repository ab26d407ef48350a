using Swp.Chaos.Checking;
using Swp.Chaos.Logs;

namespace Swp.Chaos.Reports;

/// <summary>What was seen of one kind of fault.</summary>
internal sealed record ReportRow
{
    public required string Fault { get; init; }

    public required int Times { get; init; }

    /// <summary>Calls under way at the moment of the fault.</summary>
    public required int UnderWay { get; init; }

    /// <summary>Those of them that were to affected clients.</summary>
    public required int UnderWayAffected { get; init; }

    /// <summary>How the calls ended that overlap the time from the fault until everything ran again.</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    public required IReadOnlyList<TimeSpan> Callable { get; init; }

    /// <summary>The longest time until a call that was under way to an affected client was settled.</summary>
    public required TimeSpan? Settled { get; init; }

    /// <summary>Connections that ended.</summary>
    public required int Reconnects { get; init; }

    /// <summary>99 of 100 calls took less meanwhile, of those to be answered at once by clients that were not affected.</summary>
    public required TimeSpan? OthersP99 { get; init; }

    public required int Hung { get; init; }

    public required int Wrong { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <param name="name">The fault's name.</param>
    /// <param name="faults">Its occurrences.</param>
    /// <param name="log">The run.</param>
    /// <param name="violations">What is counted as theirs.</param>
    public static ReportRow From(string name, IReadOnlyList<Fault> faults, RunLog log, IReadOnlyList<Violation> violations)
    {
        var ends = log.Ends.GroupBy(end => end.Number).ToDictionary(group => group.Key, group => group.First());
        var endsOf = faults.ToDictionary(fault => fault, fault => log.Calls.Where(call => Overlaps(call, ends, fault.Start, fault.Healed)).ToArray());
        var underWay = faults.SelectMany(fault => endsOf[fault].Where(call => call.Start < fault.Start).Select(call => (Fault: fault, Call: call))).ToArray();
        var affected = underWay.Where(pair => pair.Fault.Affected.Contains(pair.Call.Client)).ToArray();
        return new ReportRow
        {
            Fault = name,
            Times = faults.Count,
            UnderWay = underWay.Length,
            UnderWayAffected = affected.Length,
            Outcomes = endsOf.Values.SelectMany(calls => calls).GroupBy(call => ends.GetValueOrDefault(call.Number)?.Outcome ?? "none").ToDictionary(group => group.Key, group => group.Count()),
            Callable = [.. faults.SelectMany(fault => fault.Callable).Order()],
            Settled = affected
                .Where(pair => CountsAsSettled(pair.Fault, pair.Call, ends))
                .Select(pair => ends[pair.Call.Number].At - pair.Fault.Start)
                .Cast<TimeSpan?>()
                .Max(),
            Reconnects = faults.Sum(fault => log.Events.Count(seen => seen.Kind == ClientEventKind.Closed && seen.At >= fault.Start && seen.At <= fault.Settled)),
            OthersP99 = ReportText.Quantile(Latency.Of(log, (call, end) => faults.Any(fault => call.Start >= fault.Start && end.At <= fault.Healed && !fault.Affected.Contains(call.Client))), 0.99),
            Hung = violations.Count(violation => violation.Kind == ViolationKind.Hung),
            Wrong = violations.Count(violation => violation.Kind != ViolationKind.Hung),
            Notes = [.. faults.SelectMany(fault => fault.Notes)],
        };
    }

    private static bool Overlaps(Call call, Dictionary<long, CallEnd> ends, TimeSpan from, TimeSpan until) =>
        call.Start <= until && (!ends.TryGetValue(call.Number, out var end) || end.At >= from);

    // Idempotent calls and those that wait for their client are kept on purpose; so are unanswered ones, where the fault ends no calls.
    private static bool CountsAsSettled(Fault fault, Call call, Dictionary<long, CallEnd> ends) =>
        !call.Idempotent
        && call.WaitForConnect == TimeSpan.Zero
        && ends.TryGetValue(call.Number, out var end)
        && end.Outcome != CallEnd.EntryLost
        && (fault.EndsCalls || end.Outcome != "timed_out" || call.IsAnswered);
}
