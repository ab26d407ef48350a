using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>A client is told that a newer connection has taken its place (4502) only when there was one: it does not come back by itself.</summary>
/// <remarks>Of two that open side by side either may be the newer one.</remarks>
internal sealed class TakeoverRule : IRule
{
    private const string Name = "4502 means a newer connection";
    private const int Superseded = 4502;

    public IEnumerable<Violation> Check(LogIndex log) =>
        from client in log.Clients
        let openings = client.GroupBy(seen => seen.Connection).Select(Opening.Of).ToArray()
        from end in client
        where end.Kind == ClientEventKind.Closed && end.CloseCode == Superseded
        let mine = openings.First(opening => opening.Connection == end.Connection)
        where !openings.Any(other => other.Connection != mine.Connection && other.Begun < end.At && other.Over > mine.Begun)
        select new Violation(Name, ViolationKind.Wrong, end.At, $"connection {end.Connection} was closed as superseded, and there was no newer one", Client: client.Key);

    /// <summary>From before its OPEN was sent until it was answered, or until no gateway tries any more to find an owner for it.</summary>
    private sealed record Opening(int Connection, TimeSpan Begun, TimeSpan Over)
    {
        private static readonly TimeSpan LongestOpen = TimeSpan.FromSeconds(60);

        public static Opening Of(IGrouping<int, ClientEvent> connection) => new(
            connection.Key,
            connection.First().At,
            connection.FirstOrDefault(seen => seen.Kind is ClientEventKind.Opened or ClientEventKind.Refused)?.At ?? connection.First().At + LongestOpen);
    }
}
