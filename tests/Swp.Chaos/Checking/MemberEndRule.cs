namespace Swp.Chaos.Checking;

/// <summary>No process ends that the schedule did not end.</summary>
internal sealed class MemberEndRule : IRule
{
    public IEnumerable<Violation> Check(LogIndex log) =>
        from end in log.Log.MemberEnds
        where !end.Planned
        select new Violation("no unplanned end", ViolationKind.Unplanned, end.At, $"{end.Member} ended with code {end.ExitCode}, which nobody had planned");
}
