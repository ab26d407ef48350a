namespace Swp.Chaos.Checking;

/// <summary>Each fault came out as it must.</summary>
internal sealed class FaultRule : IRule
{
    public IEnumerable<Violation> Check(LogIndex log) =>
        from fault in log.Log.Faults
        from failure in fault.Failures
        select new Violation("the fault's own promise", ViolationKind.Wrong, fault.Settled, $"{fault.Name} {fault.Target}: {failure}");
}
