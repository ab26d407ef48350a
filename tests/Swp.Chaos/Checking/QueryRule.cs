using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>A connection's queries are answered in order, each once, with their echo or an error; none is left out while the connection lives.</summary>
internal sealed class QueryRule : IRule
{
    private const string Name = "queries are answered";

    /// <summary>How long a connection has to stay open after a query for its answer to be owed.</summary>
    private static readonly TimeSpan Owed = TimeSpan.FromSeconds(20);

    public IEnumerable<Violation> Check(LogIndex log) =>
        from client in log.Clients
        from connection in client.GroupBy(seen => seen.Connection)
        from violation in Check([.. connection], log.Log.End)
        select violation;

    private static IEnumerable<Violation> Check(ClientEvent[] events, TimeSpan end)
    {
        var asked = events.Where(seen => seen.Kind == ClientEventKind.Asked).ToDictionary(seen => seen.Number!.Value);
        if (asked.Count == 0)
        {
            yield break;
        }

        var closed = events.FirstOrDefault(seen => seen.Kind is ClientEventKind.Closed or ClientEventKind.Left)?.At ?? end;
        var last = 0L;
        foreach (var reply in events.Where(seen => seen.Kind == ClientEventKind.Replied))
        {
            if (reply.Number is not { } number || !asked.Remove(number, out var question))
            {
                yield return Wrong(reply, "was answered twice, or never asked");
                continue;
            }

            if (number < last)
            {
                yield return Wrong(reply, $"was answered after query {last}");
            }

            if (reply.Error is null && reply.Data != question.Data)
            {
                yield return Wrong(reply, "was answered with something else than its echo");
            }

            last = Math.Max(last, number);
        }

        foreach (var question in asked.Values.Where(question => closed - question.At > Owed))
        {
            yield return Wrong(question, "was never answered");
        }
    }

    private static Violation Wrong(ClientEvent seen, string what) =>
        new(Name, ViolationKind.Wrong, seen.At, $"query {seen.Number} of {seen.Client}, connection {seen.Connection}, {what}", Client: seen.Client);
}
