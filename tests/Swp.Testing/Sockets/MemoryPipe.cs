namespace Swp.Testing.Sockets;

/// <summary>Bytes in one direction: a writer waits while nobody reads, as with a full socket buffer.</summary>
internal sealed class MemoryPipe(int capacity)
{
    private readonly Lock _gate = new();
    private readonly byte[] _ring = new byte[capacity];
    private int _start;
    private int _count;
    private bool _writerGone;
    private bool _readerGone;
    private bool _readerWaits;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many bytes were read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>How many bytes wait for the reader.</summary>
    public int BytesWaiting
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_readerGone, this);
                if (_count > 0)
                {
                    var taken = Take(buffer.Span);
                    Pulse();
                    return taken;
                }

                if (_writerGone)
                {
                    return 0;
                }

                _readerWaits = true;
                Pulse();
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the reader has taken everything and has come back for more.</summary>
    public async Task DrainedAsync()
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_readerWaits || _readerGone)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_writerGone, this);
                if (_readerGone)
                {
                    throw new IOException("The other end is gone.");
                }

                var put = Put(buffer.Span);
                if (put > 0)
                {
                    buffer = buffer[put..];
                    Pulse();
                }

                if (buffer.IsEmpty)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public void CompleteWriter()
    {
        lock (_gate)
        {
            _writerGone = true;
            Pulse();
        }
    }

    public void CompleteReader()
    {
        lock (_gate)
        {
            _readerGone = true;
            Pulse();
        }
    }

    private int Take(Span<byte> target)
    {
        var length = Math.Min(_count, target.Length);
        for (var i = 0; i < length; i++)
        {
            target[i] = _ring[(_start + i) % capacity];
        }

        _start = (_start + length) % capacity;
        _count -= length;
        BytesRead += length;
        return length;
    }

    private int Put(ReadOnlySpan<byte> source)
    {
        var length = Math.Min(capacity - _count, source.Length);
        for (var i = 0; i < length; i++)
        {
            _ring[(_start + _count + i) % capacity] = source[i];
        }

        _count += length;
        _readerWaits &= length == 0;
        return length;
    }

    private void Pulse()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
