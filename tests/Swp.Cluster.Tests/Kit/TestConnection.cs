using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Swp.Gateway.Connections;
using Swp.Gateway.Types;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Kit;

/// <summary>A client with a WebSocket into a gateway of the test cluster, without a port.</summary>
public sealed class TestConnection
{
    private readonly WebSocket _socket;
    private readonly Task _serverSide;

    public TestConnection(IServiceProvider gateway, string type = TestService.Type)
    {
        var (client, server) = DuplexStream.CreatePair();
        _socket = WebSocket.CreateFromStream(client, new WebSocketCreationOptions { IsServer = false });
        var services = gateway.GetRequiredService<ConnectionServices>();
        var connection = new Connection(
            services.Connections.NextId(),
            WebSocket.CreateFromStream(server, new WebSocketCreationOptions { IsServer = true }),
            gateway.GetRequiredService<ClientTypeDirectory>().Find(type)!,
            "192.0.2.1",
            handshakeToken: null,
            services);
        _serverSide = connection.RunAsync();
    }

    /// <summary>The code the server closed with.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    public async Task OpenAsync(string id)
    {
        var answer = await AskToOpenAsync(id);
        Assert.Equal("0", (string?)answer["code"]);
    }

    /// <summary>Opens, and is perhaps refused.</summary>
    public async Task<JsonNode> AskToOpenAsync(string id)
    {
        await SendAsync($$$"""{"sessionType":"0001","uuid":"open","data":{"clientId":"{{{id}}}"}}""");
        var answer = await ReceiveAsync();
        Assert.Equal("0001", (string?)answer!["sessionType"]);
        return answer;
    }

    /// <summary>The next thing is a close frame with this code.</summary>
    public async Task ClosedAsync(int code)
    {
        Assert.Null(await ReceiveAsync());
        Assert.Equal(code, CloseCode);
    }

    public Task SendAsync(string json) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).DefaultTimeout();

    /// <summary>The next message, or <see langword="null"/> when the server has closed.</summary>
    public async Task<JsonNode?> ReceiveAsync()
    {
        var buffer = new byte[128 * 1024];
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().DefaultTimeout();
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout();
                return null;
            }

            length += result.Count;
            if (result.EndOfMessage)
            {
                return JsonNode.Parse(buffer.AsSpan(0, length));
            }
        }
    }

    /// <summary>The next request of the server.</summary>
    public async Task<string> ReceiveRequestAsync()
    {
        var request = await ReceiveAsync();
        Assert.Equal("0002", (string?)request!["sessionType"]);
        return (string)request["uuid"]!;
    }

    public Task AnswerAsync(string uuid, string data = "\"ok\"") =>
        SendAsync($$"""{"sessionType":"0002","code":"0","uuid":"{{uuid}}","data":{{data}}}""");

    /// <summary>Answers every request with its own data, until the connection ends.</summary>
    public async Task AnswerAllAsync()
    {
        while (await ReceiveAsync() is { } request)
        {
            await AnswerAsync((string)request["uuid"]!, request["data"]!.ToJsonString());
        }
    }

    public async Task CloseAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout();
        await _serverSide.DefaultTimeout();
    }
}
