using System.Net.WebSockets;

namespace Swp.Devices;

/// <summary>Puts the pieces of a message together.</summary>
internal sealed class FrameReader(WebSocket socket, int maxMessageBytes)
{
    private byte[] _buffer = new byte[4096];

    /// <summary>The next message, valid until the next call; none when the server has closed.</summary>
    /// <exception cref="InvalidDataException">The message is too long.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= maxMessageBytes)
                {
                    throw new InvalidDataException($"the server sent a message of more than {maxMessageBytes} bytes");
                }

                Array.Resize(ref _buffer, Math.Min(length * 2, maxMessageBytes));
            }

            // Cancelling a receive would drop the socket without a close: whoever wants to leave closes or aborts instead.
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return _buffer.AsMemory(0, length);
            }
        }
    }
}
