namespace Swp.Grains.Storage;

/// <summary>One client's record: what is stored, and what waits to be written. Shared by the client's activation and the store; a silo has one for each client.</summary>
internal sealed class RecordHandle(GrainId grainId)
{
    private ClientRecord? _pending;

    public GrainId GrainId => grainId;

    /// <summary>What the store and its etag were when last read or written. Touched by one reader or writer at a time.</summary>
    public GrainState<ClientRecord> Stored { get; } = new(ClientRecord.Nothing);

    /// <summary>Whether the store was read. If not, the record is read and merged before it is written.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>The newest record known here.</summary>
    /// <remarks>What waits is looked at first: it is stored before it stops waiting.</remarks>
    public ClientRecord Latest => Pending ?? Stored.State ?? ClientRecord.Nothing;

    /// <summary>What waits to be written.</summary>
    public ClientRecord? Pending => Volatile.Read(ref _pending);

    /// <summary>Replaces what waits to be written.</summary>
    public void SetPending(ClientRecord record) => Volatile.Write(ref _pending, record);

    /// <summary>Notes that <paramref name="record"/> is stored. <see langword="false"/> when a newer one waits by now.</summary>
    public bool OnWritten(ClientRecord record) => ReferenceEquals(Interlocked.CompareExchange(ref _pending, null, record), record);
}
