namespace Swp.Grains.Storage;

/// <summary>One client's record: what is stored, and what waits to be written. Shared by the client's activation and the store.</summary>
internal sealed class RecordHandle(GrainId grainId)
{
    private readonly Lock _gate = new();
    private ClientRecord? _pending;

    public GrainId GrainId => grainId;

    /// <summary>What the store and its etag were when last read or written. Touched by one reader or writer at a time.</summary>
    public GrainState<ClientRecord> Stored { get; } = new(new ClientRecord());

    /// <summary>Whether the store was read. If not, the record is read and merged before it is written.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>One reads or writes at a time.</summary>
    public SemaphoreSlim Access { get; } = new(1, 1);

    /// <summary>The newest record known here.</summary>
    public ClientRecord Latest
    {
        get
        {
            lock (_gate)
            {
                return _pending ?? Stored.State ?? new ClientRecord();
            }
        }
    }

    /// <summary>Replaces what waits to be written.</summary>
    public void SetPending(ClientRecord record)
    {
        lock (_gate)
        {
            _pending = record;
        }
    }

    /// <summary>What waits to be written.</summary>
    public ClientRecord? Pending
    {
        get
        {
            lock (_gate)
            {
                return _pending;
            }
        }
    }

    /// <summary>Notes that <paramref name="record"/> is stored. <see langword="false"/> when a newer one waits by now.</summary>
    public bool OnWritten(ClientRecord record)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_pending, record))
            {
                return false;
            }

            _pending = null;
            return true;
        }
    }
}
