using System.Net.WebSockets;

namespace Swp.Testing.Sockets;

/// <summary>Both ends of a WebSocket without a network: the framework's own implementation of RFC 6455 over memory.</summary>
public sealed class InMemoryWebSockets : IDisposable
{
    private readonly MemoryPipe _toServer;
    private readonly MemoryPipe _toClient;
    private readonly MemoryStreamEnd _serverEnd;
    private readonly MemoryStreamEnd _clientEnd;

    /// <summary>Connects two ends.</summary>
    /// <param name="capacity">How many bytes each direction holds before its writer waits.</param>
    public InMemoryWebSockets(int capacity = 16 * 1024)
    {
        _toServer = new MemoryPipe(capacity);
        _toClient = new MemoryPipe(capacity);
        _serverEnd = new MemoryStreamEnd(_toServer, _toClient);
        _clientEnd = new MemoryStreamEnd(_toClient, _toServer);
        Server = WebSocket.CreateFromStream(_serverEnd, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        Client = WebSocket.CreateFromStream(_clientEnd, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    public WebSocket Server { get; }

    public WebSocket Client { get; }

    /// <summary>How many bytes the server's end has taken from the wire.</summary>
    public long BytesReadByServer => _toServer.BytesRead;

    /// <summary>How many bytes the server has written and the client has not read.</summary>
    public int BytesWaitingForClient => _toClient.BytesWaiting;

    /// <summary>How many bytes the client has written and the server has not read.</summary>
    public int BytesWaitingForServer => _toServer.BytesWaiting;

    /// <summary>Puts bytes on the wire that the client's implementation would not send.</summary>
    public ValueTask SendRawAsync(ReadOnlyMemory<byte> bytes) => _clientEnd.WriteAsync(bytes);

    /// <summary>Waits until the server's end has taken everything the client sent, has acted on it and reads on.</summary>
    public Task ServerHasReadAllAsync() => _toServer.DrainedAsync();

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
        _serverEnd.Dispose();
        _clientEnd.Dispose();
    }
}
