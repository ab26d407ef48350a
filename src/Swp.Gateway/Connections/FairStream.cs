namespace Swp.Gateway.Connections;

/// <summary>
/// What a socket brings, in shares: whoever has read one goes to the end of the pool's queue. A peer that never stops sending would otherwise keep a thread
/// for as long as it does — pings are answered by the framework, which reads on and on — and a few of them all threads.
/// </summary>
internal sealed class FairStream(Stream inner) : Stream
{
    /// <summary>A millisecond's work, or less; what a client sends in the ordinary way is less than this.</summary>
    private const int Share = 16 * 1024;

    /// <summary>What counts for a read that has to wait: as much as the framework reads of a small frame.</summary>
    private const int Waited = 128;

    private int _read;

    /// <summary>How often there was nothing to read. Letting others go first does not count.</summary>
    public int Waits { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _read < Share ? CountAsync(inner.ReadAsync(buffer, cancellationToken)) : YieldAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Nothing here may block.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Nothing here may block.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Without a state machine: an idle socket holds none.
    private ValueTask<int> CountAsync(ValueTask<int> read)
    {
        if (!read.IsCompletedSuccessfully)
        {
            Waits++;

            // Perhaps only for the moment that the next bytes take, and then on the thread that brings them: nobody else has had a turn.
            _read += Waited;
            return read;
        }

        var count = read.Result;
        _read += count;
        return new ValueTask<int>(count);
    }

    private async ValueTask<int> YieldAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _read = 0;
        await Task.Yield();
        return await CountAsync(inner.ReadAsync(buffer, cancellationToken));
    }
}
