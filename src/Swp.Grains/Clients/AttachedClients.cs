using System.Collections.Concurrent;

namespace Swp.Grains.Clients;

/// <summary>The attached clients of this silo, by gateway and connection: how a relayed frame, or a gateway's death, finds its client.</summary>
internal sealed class AttachedClients
{
    private readonly ConcurrentDictionary<SiloAddress, ConcurrentDictionary<long, AttachedClient>> _gateways = new();

    /// <summary>How many clients are attached.</summary>
    public int Count => _gateways.Values.Sum(clients => clients.Count);

    public void Add(AttachedClient client) =>
        _gateways.GetOrAdd(client.Gateway, static _ => new())[client.ConnectionId] = client;

    public void Remove(AttachedClient client)
    {
        if (_gateways.TryGetValue(client.Gateway, out var clients))
        {
            clients.TryRemove(new KeyValuePair<long, AttachedClient>(client.ConnectionId, client));
        }
    }

    /// <summary>The clients attached through one gateway.</summary>
    public IReadOnlyDictionary<long, AttachedClient> Of(SiloAddress gateway) =>
        _gateways.TryGetValue(gateway, out var clients) ? clients : Empty;

    private static readonly IReadOnlyDictionary<long, AttachedClient> Empty = new Dictionary<long, AttachedClient>();

    /// <summary>All of them, as they are now, those of one gateway together.</summary>
    public AttachedClient[][] ByGateway() => [.. _gateways.Values.Select(clients => clients.Values.ToArray())];

    /// <summary>Takes nothing more of any connection: its gateway keeps what it says for the next owner.</summary>
    public void CloseAll()
    {
        foreach (var client in _gateways.Values.SelectMany(clients => clients.Values))
        {
            client.Close();
        }
    }

    /// <summary>Takes out the clients of a gateway that is gone.</summary>
    public IEnumerable<AttachedClient> Take(SiloAddress gateway) =>
        _gateways.TryRemove(gateway, out var clients) ? clients.Values : [];
}
