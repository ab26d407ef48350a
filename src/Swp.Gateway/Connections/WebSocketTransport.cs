using System.Buffers;
using System.Net.WebSockets;
using Swp.Protocol;

namespace Swp.Gateway.Connections;

/// <summary>Whole messages in and out of one WebSocket. One reader and one writer at a time; holds no buffer while nothing arrives.</summary>
internal sealed class WebSocketTransport(WebSocket socket)
{
    /// <summary>More than a peer has under way when it is told that the connection is being closed. One that goes on after that does not listen.</summary>
    public const int MaxDrained = 4 * 1024 * 1024;

    private const int FirstBuffer = 1024;

    private byte[]? _buffer;
    private int _length;

    /// <summary>The message that was received, until <see cref="Release"/>.</summary>
    public ReadOnlySpan<byte> Message => _buffer.AsSpan(0, _length);

    /// <summary>Waits for the next message.</summary>
    /// <param name="maxBytes">The largest message to buffer.</param>
    public async ValueTask<ReceiveStatus> ReceiveAsync(int maxBytes)
    {
        try
        {
            // An idle connection waits with no buffer at all.
            var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            var emptyPieces = 0;
            for (var result = first; ;)
            {
                if (result.MessageType != WebSocketMessageType.Text)
                {
                    return result.MessageType == WebSocketMessageType.Close ? ReceiveStatus.Closed : ReceiveStatus.Binary;
                }

                _length += result.Count;
                if (result.EndOfMessage)
                {
                    return _length <= maxBytes ? ReceiveStatus.Text : ReceiveStatus.TooBig;
                }

                if (_length + emptyPieces > maxBytes)
                {
                    return ReceiveStatus.TooBig;
                }

                MakeRoom(maxBytes);
                result = await socket.ReceiveAsync(_buffer.AsMemory(_length), CancellationToken.None);

                // A piece that brings nothing counts as a byte: there would be no end of them.
                emptyPieces += result.Count == 0 && !result.EndOfMessage ? 1 : 0;
            }
        }
        catch (Exception e) when (IsGone(e))
        {
            // Gone without a word, or closed by the framework because it broke RFC 6455 (a text that is not UTF-8: 1007).
            return ReceiveStatus.Closed;
        }
    }

    /// <summary>Reads and forgets until the peer has closed or is cut off, which it is when it goes on sending.</summary>
    public async ValueTask DrainAsync()
    {
        var scratch = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            for (var left = MaxDrained; left > 0;)
            {
                var result = await socket.ReceiveAsync(scratch.AsMemory(), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                // An empty piece counts as well.
                left -= Math.Max(1, result.Count);
            }

            socket.Abort();
        }
        catch (Exception e) when (IsGone(e))
        {
            // That is its end.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>Gives the message's buffer back.</summary>
    public void Release()
    {
        _length = 0;
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends one text message.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> utf8) =>
        socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>Sends the close frame; nothing can be sent after it.</summary>
    public Task SendCloseAsync(CloseCode code) =>
        socket.State is WebSocketState.Open or WebSocketState.CloseReceived
            ? socket.CloseOutputAsync((WebSocketCloseStatus)code, code.ToReason(), CancellationToken.None)
            : Task.CompletedTask;

    /// <summary>Whether <paramref name="e"/> says that the peer, or the socket, is gone.</summary>
    public static bool IsGone(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException;

    /// <summary>Ends the connection at once: a reader and a writer that wait come back.</summary>
    public void Abort() => socket.Abort();

    private void MakeRoom(int maxBytes)
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Min(FirstBuffer, maxBytes + 1));
        }
        else if (_length == _buffer.Length)
        {
            // One byte over the limit is enough to know.
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_length * 2, maxBytes + 1));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
