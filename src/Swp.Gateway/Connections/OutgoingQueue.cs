using Swp.Gateway.Protocol;
using Swp.Protocol;

namespace Swp.Gateway.Connections;

/// <summary>
/// What waits to be written to one client: bounded in bytes, closed once. Knows whether somebody writes, so that no writer exists while there
/// is nothing to write.
/// </summary>
internal sealed class OutgoingQueue(int maxBytes)
{
    private const int FlatRate = 128;
    private const int MaxUtf8PerChar = 3;

    private readonly Lock _gate = new();
    private Queue<OutboundFrame>? _frames;
    private int _bytes;
    private bool _writing;
    private CloseCode? _close;
    private bool _closed;

    /// <summary>Adds a frame.</summary>
    /// <param name="frame">What is to be written.</param>
    /// <param name="startWriter">Whether the caller must start a writer.</param>
    /// <returns><see langword="false"/> when it does not fit, or the queue is closed.</returns>
    public EnqueueResult Enqueue(in OutboundFrame frame, out bool startWriter)
    {
        lock (_gate)
        {
            startWriter = false;
            if (_close is not null)
            {
                return EnqueueResult.Closed;
            }

            var size = SizeOf(frame);
            if (_bytes + size > maxBytes)
            {
                return EnqueueResult.Full;
            }

            (_frames ??= new Queue<OutboundFrame>(2)).Enqueue(frame);
            _bytes += size;
            startWriter = !_writing;
            _writing = true;
            return EnqueueResult.Queued;
        }
    }

    /// <summary>Takes nothing more; the close frame follows what waits. The first code wins.</summary>
    /// <param name="code">The code to close with.</param>
    /// <param name="discard">Whether what waits is given up.</param>
    /// <param name="startWriter">Whether the caller must start a writer.</param>
    public bool TryClose(CloseCode code, bool discard, out bool startWriter)
    {
        lock (_gate)
        {
            startWriter = false;
            if (_close is not null)
            {
                return false;
            }

            _close = code;
            if (discard)
            {
                _frames = null;
            }

            startWriter = !_writing;
            _writing = true;
            return true;
        }
    }

    /// <summary>The next thing to write. <see langword="false"/>: nothing, and the writer ends.</summary>
    /// <param name="frame">A frame, unless <paramref name="close"/> is set.</param>
    /// <param name="close">The code of the close frame, the last thing to write.</param>
    public bool TryNext(out OutboundFrame frame, out CloseCode? close)
    {
        lock (_gate)
        {
            close = null;
            if (_frames is { } frames && frames.TryDequeue(out frame))
            {
                _bytes -= SizeOf(frame);
                return true;
            }

            frame = default;

            // An idle connection keeps no queue.
            _frames = null;
            if (_close is not null && !_closed)
            {
                _closed = true;
                close = _close;
                return true;
            }

            _writing = false;
            return false;
        }
    }

    private static int SizeOf(in OutboundFrame frame) => FlatRate + frame.Data.Length + (MaxUtf8PerChar * (frame.Message?.Length ?? 0));
}
