using System.Collections.Concurrent;
using Swp.Clients;

namespace Swp.Client.Calls;

internal sealed class SwpClients(IGrainFactory grains, TimeProvider time) : ISwpClients
{
    /// <summary>How many are kept; beyond it all are made anew. One is a hundred bytes, and making one takes 3 % of a call.</summary>
    private const int MaxKept = 10_000;

    private readonly UuidSource _uuids = new();
    private readonly ConcurrentDictionary<ClientKey, SwpClient> _kept = new();
    private int _count;

    public ISwpClient Get(string type, string id) => Get(new ClientKey(type, id));

    public ISwpClient Get(ClientKey key)
    {
        if (key.Type is null)
        {
            throw new ArgumentException("The key is empty.", nameof(key));
        }

        return _kept.TryGetValue(key, out var client) ? client : Add(key);
    }

    private SwpClient Add(ClientKey key)
    {
        if (Interlocked.Increment(ref _count) > MaxKept)
        {
            _kept.Clear();
            Volatile.Write(ref _count, 1);
        }

        return _kept[key] = new SwpClient(key, grains.GetGrain<IClientGrain>(key.ToGrainId()), _uuids, time);
    }
}
