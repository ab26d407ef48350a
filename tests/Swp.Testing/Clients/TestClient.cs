using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Swp.Testing.Tasks;

namespace Swp.Testing.Clients;

/// <summary>A client that says exactly what the test tells it to, and shows exactly what came.</summary>
public sealed class TestClient : IAsyncDisposable
{
    public const string SubProtocol = "swp.v1";

    private readonly ClientWebSocket _socket;
    private readonly Channel<TestFrame> _frames = Channel.CreateUnbounded<TestFrame>();
    private readonly ConcurrentQueue<TestFrame> _answered = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly TaskCompletionSource<TestClose> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<TestFrame, string?>? _answer;
    private bool _reading;

    private TestClient(ClientWebSocket socket, string? serverCertificate) => (_socket, ServerCertificate) = (socket, serverCertificate);

    /// <summary>The hash of the certificate that the server has shown; <see langword="null"/> when it speaks no TLS.</summary>
    public string? ServerCertificate { get; }

    /// <summary>The subprotocol the server chose.</summary>
    public string? ChosenSubProtocol => _socket.SubProtocol;

    /// <summary>How the connection ended, once it has.</summary>
    public Task<TestClose> Closed => _closed.Task;

    public bool IsConnected => !_closed.Task.IsCompleted;

    /// <summary>The requests that were answered by themselves, as they came.</summary>
    public IReadOnlyCollection<TestFrame> Answered => _answered;

    /// <summary>Connects and starts to read.</summary>
    /// <exception cref="HandshakeRefusedException">The server refused.</exception>
    public static async Task<TestClient> ConnectAsync(Uri server, string type, params IEnumerable<string> subProtocols)
    {
        var client = await ConnectWithoutReadingAsync(server, type, subProtocols);
        client.StartReading();
        return client;
    }

    /// <summary>Connects with a handshake of the test's own and starts to read.</summary>
    /// <exception cref="HandshakeRefusedException">The server refused.</exception>
    public static async Task<TestClient> ConnectAsync(Uri server, string typeAndQuery, Action<ClientWebSocketOptions> configure)
    {
        var client = await ConnectWithoutReadingAsync(server, typeAndQuery, configure);
        client.StartReading();
        return client;
    }

    /// <summary>Connects and reads nothing, not even a close frame, until <see cref="StartReading"/>.</summary>
    /// <exception cref="HandshakeRefusedException">The server refused.</exception>
    public static Task<TestClient> ConnectWithoutReadingAsync(Uri server, string type, params IEnumerable<string> subProtocols) =>
        ConnectWithoutReadingAsync(server, type, options =>
        {
            foreach (var subProtocol in subProtocols)
            {
                options.AddSubProtocol(subProtocol);
            }
        });

    private static async Task<TestClient> ConnectWithoutReadingAsync(Uri server, string typeAndQuery, Action<ClientWebSocketOptions> configure)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        configure(socket.Options);

        // A test's certificates are its own.
        string? certificate = null;
        socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) =>
        {
            certificate = shown!.GetCertHashString();
            return true;
        };
        try
        {
            var scheme = server.Scheme == "https" ? "wss" : "ws";
            await socket.ConnectAsync(new Uri($"{scheme}://{server.Authority}/wss/{typeAndQuery}"), CancellationToken.None).DefaultTimeout();
            return new TestClient(socket, certificate);
        }
        catch (WebSocketException e) when (socket.HttpStatusCode != 0)
        {
            socket.Dispose();
            throw new HandshakeRefusedException(socket.HttpStatusCode, socket.HttpResponseHeaders ?? new Dictionary<string, IEnumerable<string>>(), e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A frame as a client of today writes it. <paramref name="data"/> and <paramref name="uuid"/> are JSON.</summary>
    public static string Frame(string sessionType, string? data = null, string? uuid = null, string code = "0", string? message = null)
    {
        var text = new StringBuilder($$"""{"code":"{{code}}","sessionType":"{{sessionType}}","sessionTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}""");
        text.Append(message is null ? "" : $",\"msg\":{JsonSerializer.Serialize(message)}");
        text.Append(data is null ? "" : $",\"data\":{data}");
        text.Append(uuid is null ? "" : $",\"uuid\":{uuid}");
        return text.Append('}').ToString();
    }

    /// <summary>Reads from now on.</summary>
    public void StartReading()
    {
        if (!_reading)
        {
            _reading = true;
            _ = ReadAsync();
        }
    }

    /// <summary>Answers the server's requests by itself from now on. They are no longer received as frames.</summary>
    /// <param name="answer">The data of the answer to a request, as JSON; <see langword="null"/> for none.</param>
    public void AutoAnswer(Func<TestFrame, string?> answer) => Volatile.Write(ref _answer, answer);

    /// <summary>Answers the server's requests with success from now on.</summary>
    public void AutoAnswer(string data = "\"ok\"") => AutoAnswer(_ => data);

    /// <summary>Opens and waits for the answer.</summary>
    public async Task<TestFrame> OpenAsync(string id)
    {
        await SendTextAsync(Frame("0001", JsonSerializer.Serialize(new { clientId = id }), "\"open\""));
        var answer = await ReceiveFrameAsync();
        return answer is { SessionType: "0001", Code: "0" } ? answer : throw new InvalidOperationException($"OPEN was answered with {answer}.");
    }

    /// <summary>Asks the server and waits for the next message, which is its answer when nothing else is under way.</summary>
    public async Task<TestFrame> QueryAsync(string data, string uuid = "q")
    {
        await SendTextAsync(Frame("0003", data, $"\"{uuid}\""));
        return await ReceiveFrameAsync();
    }

    /// <summary>Answers a request of the server.</summary>
    public Task AnswerAsync(TestFrame request, string? data = "\"ok\"", string code = "0", string? message = null) =>
        SendTextAsync(Frame("0002", data, JsonSerializer.Serialize(request.Uuid), code, message));

    public Task SendTextAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    /// <summary>Sends a text message of bytes which need not be UTF-8.</summary>
    public Task SendTextAsync(byte[] utf8) => SendAsync(utf8, WebSocketMessageType.Text);

    public Task SendBinaryAsync(byte[] bytes) => SendAsync(bytes, WebSocketMessageType.Binary);

    /// <summary>Sends a piece of a text message.</summary>
    public Task SendPieceAsync(string text, bool last) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, last);

    /// <summary>Waits for the next message; fails when the connection ends first.</summary>
    public async Task<TestFrame> ReceiveFrameAsync(TimeSpan? limit = null)
    {
        try
        {
            return await _frames.Reader.ReadAsync().DefaultTimeout(limit);
        }
        catch (ChannelClosedException)
        {
            throw new InvalidOperationException($"The connection ended instead: {await Closed}.");
        }
    }

    /// <summary>Whether a message is waiting to be received.</summary>
    public bool HasFrame => _frames.Reader.TryPeek(out _);

    /// <summary>Waits for the connection's end.</summary>
    public Task<TestClose> WaitForCloseAsync(TimeSpan? limit = null) => Closed.DefaultTimeout(limit);

    /// <summary>Says good-bye and waits for the server's own.</summary>
    public async Task CloseAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout();
        StartReading();
        await Closed.DefaultTimeout();
    }

    /// <summary>Leaves without a word, as a pulled plug does.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(byte[] bytes, WebSocketMessageType type, bool endOfMessage = true)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        var end = new TestClose(TestClose.Abnormal, "");
        try
        {
            while (await ReadMessageAsync() is { } text)
            {
                await OnFrameAsync(new TestFrame(text));
            }

            end = new TestClose((int)_socket.CloseStatus!.Value, _socket.CloseStatusDescription ?? "");
            if (_socket.State == WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut off.
        }
        finally
        {
            _closed.TrySetResult(end);
            _frames.Writer.TryComplete();
        }
    }

    private async Task<string?> ReadMessageAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var result = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
            }
        }
    }

    private async Task OnFrameAsync(TestFrame frame)
    {
        if (frame.SessionType == "0002" && Volatile.Read(ref _answer) is { } answer)
        {
            _answered.Enqueue(frame);
            if (answer(frame) is { } data)
            {
                await AnswerAsync(frame, data);
            }
        }
        else
        {
            _frames.Writer.TryWrite(frame);
        }
    }
}
