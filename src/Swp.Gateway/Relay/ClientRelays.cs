using System.Collections.Concurrent;

namespace Swp.Gateway.Relay;

/// <summary>The relays of this gateway by connection: how a frame, a receipt or an owner's death finds its connection.</summary>
internal sealed class ClientRelays
{
    private readonly ConcurrentDictionary<long, ClientRelay> _relays = new();

    public int Count => _relays.Count;

    public IEnumerable<ClientRelay> All => _relays.Select(pair => pair.Value);

    public void Add(ClientRelay relay) => _relays[relay.ConnectionId] = relay;

    public ClientRelay? Find(long connectionId) => _relays.GetValueOrDefault(connectionId);

    public void Remove(ClientRelay relay) => _relays.TryRemove(new KeyValuePair<long, ClientRelay>(relay.ConnectionId, relay));
}
