using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>While nothing goes wrong every call is answered, unless its client is told not to, and no connection ends.</summary>
internal sealed class UndisturbedRule : IRule
{
    private const string Name = "nothing fails by itself";

    /// <summary>A fault may be felt for so long after it is over.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(5);

    public IEnumerable<Violation> Check(LogIndex log) => CheckCalls(log).Concat(CheckConnections(log));

    private static IEnumerable<Violation> CheckCalls(LogIndex log) =>
        from pair in log.Ended
        let call = pair.Call
        let end = pair.End
        where end.Outcome is not ("completed" or "cancelled") && !MayTimeOut(call, end, log)
        where !log.IsDisturbed(call.Client, call.Start - Aftermath, end.At, call.Entry)
        select new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} ended as {end.Outcome} although nothing was wrong: {end.Detail}", call.Number, call.Client);

    private static bool MayTimeOut(Call call, CallEnd end, LogIndex log) =>
        end.Outcome == "timed_out"
        && !call.IsAnswered
        && !log.Answers[call.Number].Any(answer => answer.At < call.Start + call.Timeout - Call.Margin);

    private static IEnumerable<Violation> CheckConnections(LogIndex log) =>
        from seen in log.Log.Events
        where seen.Kind == ClientEventKind.Closed && !log.IsDisturbed(seen.Client, seen.At - Aftermath, seen.At)
        select new Violation(Name, ViolationKind.Wrong, seen.At, $"{seen.Client}'s connection {seen.Connection} at {seen.Gateway} ended with code {seen.CloseCode} although nothing was wrong", Client: seen.Client);
}
