using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Swp.Gateway.Handshakes;

/// <summary>
/// The connections on the clients' port that are no WebSockets yet. One that is none in time is cut, whatever it has sent until then: a WebSocket is all
/// that is served there. Time bounds them, and so how many there can be.
/// </summary>
internal sealed class PendingHandshakes(TimeProvider time)
{
    /// <summary>How long a connection has from the moment it is made.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ConnectionContext, long> _pending = new();

    /// <summary>How many there are.</summary>
    public int Count => _pending.Count;

    /// <summary>A connection was made.</summary>
    public void Add(ConnectionContext connection)
    {
        connection.Features.Set(new Handshake { Connection = connection });
        _pending[connection] = time.GetTimestamp();
    }

    /// <summary>The connection of a request has become a WebSocket.</summary>
    public void Remove(HttpContext context)
    {
        if (context.Features.Get<Handshake>() is { Connection: { } connection } handshake)
        {
            handshake.Connection = null;
            _pending.TryRemove(connection, out _);
        }
    }

    /// <summary>Cuts those whose time is over, and forgets those that have ended: called by the sweeper.</summary>
    public void CutOverdue()
    {
        foreach (var (connection, since) in _pending)
        {
            var hasEnded = connection.ConnectionClosed.IsCancellationRequested;
            if (!hasEnded && time.GetElapsedTime(since) <= Patience)
            {
                continue;
            }

            _pending.TryRemove(connection, out _);
            if (!hasEnded)
            {
                connection.Abort(new ConnectionAbortedException("No WebSocket in time."));
            }
        }
    }

    // A feature and no item of the connection, which would be a dictionary for each socket.
    private sealed class Handshake
    {
        public ConnectionContext? Connection { get; set; }
    }
}
