using System.Buffers;
using System.Net.WebSockets;

namespace Swp.Bench.Kestrel;

/// <summary>Sends every message back. Holds a buffer only while there is something to read.</summary>
internal static class EchoSocket
{
    private const int BufferSize = 4096;

    public static async Task RunAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            while (await EchoAsync(socket, cancellationToken))
            {
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone, or the process ends.
        }
    }

    private static async Task<bool> EchoAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        // Completes when there is something to read. A close is then read already, and so is a message without content, which is not echoed.
        var received = await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        if (received.MessageType == WebSocketMessageType.Close)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (!received.EndOfMessage)
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, cancellationToken);
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
