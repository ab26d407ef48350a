using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>Holds a run's log against everything that was promised.</summary>
internal static class Checker
{
    /// <summary>How much of what happened before and after belongs to a story.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(20);

    private static readonly IRule[] Rules =
    [
        new OutcomeInTimeRule(),
        new CompletedRule(),
        new NeverSeenRule(),
        new SightingRule(),
        new SupersededRule(),
        new TakeoverRule(),
        new QueryRule(),
        new MemberEndRule(),
        new UndisturbedRule(),
        new GracefulRule(),
        new FaultRule(),
    ];

    /// <summary>Everything that is not as it must be, in the order of its time.</summary>
    public static IReadOnlyList<Violation> Check(RunLog log)
    {
        var index = new LogIndex(log);
        return [.. Rules.SelectMany(rule => rule.Check(index)).OrderBy(violation => violation.At)];
    }

    /// <summary>Everything that is known of a violation's call, or of its client around that time.</summary>
    public static IReadOnlyList<string> Story(Violation violation, RunLog log)
    {
        var call = log.Calls.FirstOrDefault(call => call.Number == violation.Call);
        var since = (call?.Start ?? violation.At) - Around;
        var until = violation.At + Around;
        var lines = new List<(TimeSpan At, string Text)>();
        if (call is not null)
        {
            lines.Add((call.Start, $"{call}"));
            lines.AddRange(log.Ends.Where(end => end.Number == call.Number).Select(end => (end.At, $"{end}")));
        }

        lines.AddRange(
            from seen in log.Events
            let ofCall = call is not null && seen.Number == call.Number && IsOfCall(seen)
            let ofClient = seen.Client == violation.Client && seen.At >= since && seen.At <= until && (call is null || !IsOfCall(seen))
            where ofCall || ofClient
            select (seen.At, $"{seen}"));
        lines.AddRange(log.Faults.Where(fault => fault.Start <= until && fault.Settled >= since).Select(fault => (fault.Start, $"{fault}")));
        lines.AddRange(log.MemberEnds.Where(end => end.At >= since && end.At <= until).Select(end => (end.At, $"{end.At.TotalSeconds,9:0.000} s  {end.Member} ended with code {end.ExitCode}")));
        return [.. lines.OrderBy(line => line.At).Select(line => line.Text)];
    }

    private static bool IsOfCall(ClientEvent seen) => seen.Kind is ClientEventKind.Received or ClientEventKind.Answered;
}
