namespace Swp.Chaos.Checking;

/// <summary><c>completed</c> says that this client has answered this uuid, in answer to this call, with this data, and only its first answer counts.</summary>
internal sealed class CompletedRule : IRule
{
    private const string Name = "completed is true";

    public IEnumerable<Violation> Check(LogIndex log)
    {
        foreach (var (call, end) in log.Ended.Where(pair => pair.End.Outcome == "completed" && !pair.Call.OneWay))
        {
            var answers = log.Answers[call.Number].Where(answer => answer.At <= end.At).ToArray();
            var matching = answers.Where(answer => answer.Client == call.Client && answer.Uuid == end.Uuid && answer.Data == end.Data).ToArray();
            if (matching.Length == 0)
            {
                var text = answers.Length == 0 ? "was completed and nobody has answered it" : "was completed with another answer than the client gave";
                yield return new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} {text}", call.Number, call.Client);
            }
            else if (!matching.Any(match => match == answers.First(answer => answer.Connection == match.Connection && answer.Uuid == match.Uuid)))
            {
                yield return new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} was completed by a second answer", call.Number, call.Client);
            }
        }
    }
}
