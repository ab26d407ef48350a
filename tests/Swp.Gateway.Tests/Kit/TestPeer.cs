using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Swp.Gateway.Connections;
using Swp.Protocol;
using Swp.Testing.Sockets;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Kit;

/// <summary>A client at the other end of a socket, and the gateway's connection to it.</summary>
internal sealed class TestPeer(InMemoryWebSockets sockets, Connection connection, Task running) : IDisposable
{
    private readonly byte[] _buffer = new byte[2 * 1024 * 1024];

    public InMemoryWebSockets Sockets => sockets;

    public WebSocket Socket => sockets.Client;

    /// <summary>The gateway's side.</summary>
    public Connection Connection => connection;

    /// <summary>Ends with the connection.</summary>
    public Task Running => running;

    public Task SendAsync(string text, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, file, line);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type, bool endOfMessage, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Socket.SendAsync(bytes, type, endOfMessage, CancellationToken.None).DefaultTimeout(limit: null, file, line);

    /// <summary>The next text message.</summary>
    public async Task<string> ReceiveAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var length = 0;
        while (true)
        {
            var result = await Socket.ReceiveAsync(new ArraySegment<byte>(_buffer, length, _buffer.Length - length), CancellationToken.None).DefaultTimeout(limit: null, file, line);
            Assert.Equal((WebSocketMessageType.Text, null), (result.MessageType, result.CloseStatus));
            length += result.Count;
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>The next thing is a close frame with this code; it is answered, and the gateway is done.</summary>
    public async Task ClosedAsync(CloseCode code, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await CloseFrameAsync(code, file, line);
        await Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout(limit: null, file, line);
        await running.DefaultTimeout(limit: null, file, line);
    }

    /// <summary>The next thing is a close frame with this code; it is not answered.</summary>
    public async Task CloseFrameAsync(CloseCode code, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var result = await Socket.ReceiveAsync(new ArraySegment<byte>(_buffer), CancellationToken.None).DefaultTimeout(limit: null, file, line);
        Assert.Equal((WebSocketMessageType.Close, "", (int)code, code.ToReason()), (result.MessageType, Encoding.UTF8.GetString(_buffer, 0, result.Count), (int)result.CloseStatus!, result.CloseStatusDescription ?? ""));
    }

    /// <summary>The gateway has acted on everything the client sent.</summary>
    public Task SettledAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => sockets.ServerHasReadAllAsync().DefaultTimeout(limit: null, file, line);

    /// <summary>The client leaves as it should.</summary>
    public async Task LeaveAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        await Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout(limit: null, file, line);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, Socket.CloseStatus);
    }

    public void Dispose() => sockets.Dispose();
}
