namespace Swp.Gateway.Connections;

/// <summary>
/// The connections that a batch of frames has given something to write: they are written on the pool, so that whoever delivers the batch waits for no
/// socket, a few by one work item, so that a frame costs no hop of its own.
/// </summary>
internal sealed class WriterBatch
{
    /// <summary>A write is some microseconds: this many are worth a hop, and not too long for one thread.</summary>
    private const int Share = 16;

    private List<Connection>? _share;

    /// <summary>Has a connection written; the first few once <see cref="Flush"/> is called.</summary>
    public void Add(Connection connection)
    {
        (_share ??= new List<Connection>(Share)).Add(connection);
        if (_share.Count == Share)
        {
            Flush();
        }
    }

    /// <summary>Starts what was added.</summary>
    public void Flush()
    {
        if (_share is { } share)
        {
            _share = null;
            ThreadPool.UnsafeQueueUserWorkItem(new Writers(share), preferLocal: false);
        }
    }

    private sealed class Writers(List<Connection> connections) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            foreach (var connection in connections)
            {
                connection.StartWriting();
            }
        }
    }
}
