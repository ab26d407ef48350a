using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>Every call has exactly one outcome, one of the protocol's, at the latest a second after its deadline.</summary>
internal sealed class OutcomeInTimeRule : IRule
{
    private const string Name = "one outcome, in time";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> Outcomes =
    [
        .. Enum.GetValues<Swp.Clients.CallOutcome>().Select(Swp.Clients.CallOutcomes.ToWireName), CallEnd.EntryLost,
    ];

    public IEnumerable<Violation> Check(LogIndex log)
    {
        foreach (var call in log.Log.Calls)
        {
            CallEnd[] ends = [.. log.Ends[call.Number]];
            var limit = call.Deadline + Grace;
            if (ends.Length == 0 && limit < log.Log.End)
            {
                yield return new Violation(Name, ViolationKind.Hung, limit, $"call {call.Number} has no outcome", call.Number, call.Client);
            }

            if (ends.Length > 1)
            {
                yield return new Violation(Name, ViolationKind.Wrong, ends[1].At, $"call {call.Number} has {ends.Length} outcomes", call.Number, call.Client);
            }

            foreach (var end in ends)
            {
                if (!Outcomes.Contains(end.Outcome))
                {
                    yield return new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} ended as '{end.Outcome}', which is no outcome", call.Number, call.Client);
                }
                else if (end.Outcome == CallEnd.EntryLost)
                {
                    if (!IsExcused(log, call, end))
                    {
                        yield return new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} lost its entry {call.Entry}, which was under no fault: {end.Detail}", call.Number, call.Client);
                    }
                }
                else if (end.At > limit + log.StallsWithin(call.Start, end.At) && !IsExcused(log, call, end))
                {
                    yield return new Violation(Name, ViolationKind.Hung, end.At, $"call {call.Number} ended {(end.At - call.Deadline).TotalSeconds:0.00} s after its deadline", call.Number, call.Client);
                }
            }
        }
    }

    // A gateway that was killed, or hung, while it had the call.
    private static bool IsExcused(LogIndex log, Call call, CallEnd end) =>
        log.Log.Faults.SelectMany(fault => fault.Outages).Any(outage => outage.Member == call.Entry && outage.From <= end.At && call.Start <= outage.Until);
}
