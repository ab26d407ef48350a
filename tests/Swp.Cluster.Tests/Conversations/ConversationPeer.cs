using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Swp.Gateway.Connections;
using Swp.Relay;
using Swp.Testing.Sockets;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Conversations;

/// <summary>A client's end of a connection: what it says, and what it sees, in order.</summary>
internal sealed class ConversationPeer : IAsyncDisposable
{
    private readonly InMemoryWebSockets _sockets = new(256 * 1024);
    private readonly Channel<JsonNode> _frames = Channel.CreateUnbounded<JsonNode>();
    private readonly Task _serverSide;
    private readonly Task<int> _reading;

    public ConversationPeer(ClientTypeDescription type, ConnectionServices services)
    {
        _serverSide = RunAsync(new Connection(services.Connections.NextId(), _sockets.Server, type, "192.0.2.1", handshakeToken: null, services));
        _reading = ReadAsync();
    }

    /// <summary>Whether there is a frame that nobody has looked at.</summary>
    public bool HasFrame => _frames.Reader.Count > 0;

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _sockets.Client.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None).DefaultTimeout();

    /// <summary>The gateway has acted on everything that was sent.</summary>
    public Task SettledAsync() => _sockets.ServerHasReadAllAsync().DefaultTimeout();

    /// <summary>The next frame; <see langword="null"/> when the connection has ended.</summary>
    public async Task<JsonNode?> NextAsync() =>
        await _frames.Reader.WaitToReadAsync().DefaultTimeout() && _frames.Reader.TryRead(out var frame) ? frame : null;

    /// <summary>The client says good-bye.</summary>
    public Task LeaveAsync() => _sockets.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout();

    /// <summary>The code the server closes with, once both sides are done.</summary>
    public async Task<int> ClosedAsync()
    {
        var code = await _reading.DefaultTimeout();
        await _serverSide.DefaultTimeout();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        _sockets.Client.Abort();
        _sockets.Dispose();
        await _serverSide.DefaultTimeout();
    }

    // As the endpoint does: the socket goes with its connection. The client's side would wait for that for a second.
    private async Task RunAsync(Connection connection)
    {
        using (_sockets.Server)
        {
            await connection.RunAsync();
        }
    }

    private async Task<int> ReadAsync()
    {
        var buffer = new byte[128 * 1024];
        try
        {
            while (await _sockets.Client.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } result)
            {
                _frames.Writer.TryWrite(JsonNode.Parse(buffer.AsSpan(0, result.Count))!);
            }

            if (_sockets.Client.State == WebSocketState.CloseReceived)
            {
                await _sockets.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }

            return (int)_sockets.Client.CloseStatus!;
        }
        catch (Exception e) when (WebSocketTransport.IsGone(e))
        {
            // The server's side may be gone as soon as it has said its code.
            return (int?)_sockets.Client.CloseStatus ?? 1006;
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
