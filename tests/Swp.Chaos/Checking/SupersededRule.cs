using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>Once a client's newer connection was opened, nothing that the older one sends completes a call.</summary>
/// <remarks>A connection is newer for sure when its OPEN was sent after the other's had been answered.</remarks>
internal sealed class SupersededRule : IRule
{
    private const string Name = "superseded connections have no effect";

    public IEnumerable<Violation> Check(LogIndex log)
    {
        var lives = log.Clients.ToDictionary(client => client.Key, LivesOf);
        foreach (var (call, end) in log.Ended.Where(pair => pair.End.Outcome == "completed" && !pair.Call.OneWay))
        {
            var answers = log.Answers[call.Number].Where(answer => answer.Uuid == end.Uuid && answer.Data == end.Data).ToArray();
            if (answers.Length > 0 && answers.All(answer => IsSuperseded(answer, lives[answer.Client])))
            {
                yield return new Violation(Name, ViolationKind.Wrong, end.At, $"call {call.Number} was completed by connection {answers[0].Connection}, which had been superseded", call.Number, call.Client);
            }
        }
    }

    private static bool IsSuperseded(ClientEvent answer, Dictionary<int, Life> lives) =>
        lives.TryGetValue(answer.Connection, out var mine)
        && lives.Values.Any(other => other.Opening > mine.Opened && other.Opened < answer.At);

    private static Dictionary<int, Life> LivesOf(IEnumerable<ClientEvent> events) => (
        from seen in events
        where seen.Kind is ClientEventKind.Opening or ClientEventKind.Opened
        group seen by seen.Connection into connection
        let opened = connection.FirstOrDefault(seen => seen.Kind == ClientEventKind.Opened)
        where opened is not null
        select (connection.Key, Life: new Life(connection.First().At, opened.At))).ToDictionary(pair => pair.Key, pair => pair.Life);

    private sealed record Life(TimeSpan Opening, TimeSpan Opened);
}
