using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>A client is told that a newer connection has taken its place (4502) only when there was one: it does not come back by itself.</summary>
internal sealed class TakeoverRule : IRule
{
    private const string Name = "4502 means a newer connection";
    private const int Superseded = 4502;

    public IEnumerable<Violation> Check(LogIndex log) =>
        from client in log.Clients
        from end in client
        where end.Kind == ClientEventKind.Closed && end.CloseCode == Superseded
        let opening = client.First(seen => seen.Connection == end.Connection).At
        where !client.Any(seen => seen.Kind == ClientEventKind.Opening && seen.Connection != end.Connection && seen.At > opening && seen.At < end.At)
        select new Violation(Name, ViolationKind.Wrong, end.At, $"connection {end.Connection} was closed as superseded, and there was no newer one", Client: client.Key);
}
