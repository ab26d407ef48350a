using Swp.Clients;
using Swp.Overview;
using Swp.Protocol;

namespace Swp.Grains.Events;

/// <summary>
/// What has happened lately to the clients of this owner. All of them share three rings, so that an idle client costs nothing, and neither calls by
/// the thousand nor the many that go well push out what an operator looks for.
/// </summary>
internal sealed class ClientEvents(TimeProvider time)
{
    /// <summary>So many of each sort, whichever clients they are of.</summary>
    public const int Capacity = 4096;

    private readonly EventRing _connections = new(Capacity, time.GetUtcNow());
    private readonly EventRing _completed = new(Capacity, time.GetUtcNow());
    private readonly EventRing _failed = new(Capacity, time.GetUtcNow());

    /// <summary>A connection has come, gone, or was refused; or an administrator has acted.</summary>
    public void OnConnection(ClientKey client, ClientEventKind kind, string? gateway = null, CloseCode code = default) =>
        _connections.Add(client, new ClientEvent { At = time.GetUtcNow(), Kind = kind, Gateway = gateway, CloseCode = code });

    /// <summary>A call, or an attempt of one, has ended here.</summary>
    public void OnCall(ClientKey client, bool oneWay, CallOutcome outcome, TimeSpan elapsed) =>
        (outcome == CallOutcome.Completed ? _completed : _failed).Add(client, new ClientEvent
        {
            At = time.GetUtcNow(),
            Kind = oneWay ? ClientEventKind.Message : ClientEventKind.Request,
            Outcome = outcome,
            Elapsed = elapsed,
        });

    /// <summary>What is remembered of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="limit">The most to return.</param>
    public ClientHistory Read(ClientKey client, int limit)
    {
        var events = new List<ClientEvent>();
        DateTimeOffset[] complete = [_connections.Read(client, limit, events), _completed.Read(client, limit, events), _failed.Read(client, limit, events)];
        ClientEvent[] newest = [.. events.OrderByDescending(happened => happened.At).Take(limit)];

        // Of what is cut off here, and of what a ring has lost, the later one.
        var since = complete.Max();
        return new ClientHistory(newest, newest.Length == limit && newest[^1].At > since ? newest[^1].At : since);
    }
}
