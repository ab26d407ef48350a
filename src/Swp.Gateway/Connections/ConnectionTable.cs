using System.Collections.Concurrent;

namespace Swp.Gateway.Connections;

/// <summary>The sockets of this gateway.</summary>
internal sealed class ConnectionTable
{
    private readonly ConcurrentDictionary<long, Connection> _connections = new();
    private long _lastId;

    public int Count => _connections.Count;

    public IEnumerable<Connection> All => _connections.Select(pair => pair.Value);

    public long NextId() => Interlocked.Increment(ref _lastId);

    public void Add(Connection connection) => _connections[connection.Id] = connection;

    public void Remove(Connection connection) => _connections.TryRemove(connection.Id, out _);
}
