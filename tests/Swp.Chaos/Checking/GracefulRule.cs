namespace Swp.Chaos.Checking;

/// <summary>A member that is asked to go loses no call that its client answers.</summary>
internal sealed class GracefulRule : IRule
{
    private const string Name = "a graceful stop loses no call";

    public IEnumerable<Violation> Check(LogIndex log) =>
        from pair in log.Ended
        let call = pair.Call
        let end = pair.End
        where end.Outcome is "lost_in_flight" or "timed_out" && !call.OneWay && call.IsAnswered
        let faults = log.Log.Faults.Where(fault => fault.Disturbs(call.Client, call.Start, end.At)).ToArray()

        let graceful = faults.FirstOrDefault(fault => fault.Graceful)

        // What a fault has held up before the member was asked to go is the fault's doing.
        where graceful is not null && !faults.Any(fault => !fault.Graceful && fault.Start < graceful.Start)
        where !log.IsStalled(call.Start, end.At)
        select new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} ended as {end.Outcome} although members were only asked to go", call.Number, call.Client);
}
