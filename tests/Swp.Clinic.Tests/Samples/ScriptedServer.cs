using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swp.Clinic.Tests.Samples;

/// <summary>A WebSocket server that does to each connection what the test says, connection by connection.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Func<HttpContext, Task>> _script = Channel.CreateUnbounded<Func<HttpContext, Task>>();

    private ScriptedServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single().Replace("http://", "ws://", StringComparison.Ordinal) + "/wss/caller");

    public static async Task<ScriptedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>What happens to the next connection that has no script yet.</summary>
    public ScriptedServer Next(Func<WebSocket, Task> script) => NextRequest(async context =>
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.SingleOrDefault());
        await script(socket);
    });

    /// <summary>What happens to the next HTTP request.</summary>
    public ScriptedServer NextRequest(Func<HttpContext, Task> script)
    {
        Assert.True(_script.Writer.TryWrite(script));
        return this;
    }

    public static async Task<JsonObject> AcceptOpenAsync(WebSocket socket)
    {
        var open = (await ReadAsync(socket))!;
        await SendAsync(socket, new JsonObject
        {
            ["code"] = "0", ["sessionType"] = "0001", ["uuid"] = open["uuid"]!.DeepClone(), ["data"] = """{"clientId":"999","msg":"success"}""",
        });
        return open;
    }

    public static Task SendAsync(WebSocket socket, JsonObject frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>The next message; none when the client closed.</summary>
    public static async Task<JsonObject?> ReadAsync(WebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        return received.MessageType == WebSocketMessageType.Close ? null : JsonSerializer.Deserialize<JsonObject>(buffer.AsSpan(0, received.Count));
    }

    public static Task CloseAsync(WebSocket socket, int code, string reason) =>
        socket.CloseAsync((WebSocketCloseStatus)code, reason, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var script = await _script.Reader.ReadAsync(context.RequestAborted);
        await script(context);
    }
}
