using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Swp.Chaos.Logs;
using Swp.Testing.Clients;

namespace Swp.Chaos.Clients;

/// <summary>One connection of a scripted client: does with each request what the request says, asks, and logs all of it.</summary>
internal sealed class ScriptedConnection(string client, int number, string gateway, RunRecorder log, Random random) : IDisposable
{
    private const string OpenUuid = "open";

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<TestFrame> _openAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called once the OPEN was answered.</summary>
    public required Action OnOpened { get; init; }

    /// <summary>Runs until the connection has ended.</summary>
    public async Task<ConnectionEnd> RunAsync(Uri server, CancellationToken stop)
    {
        _socket.Options.AddSubProtocol(TestClient.SubProtocol);
        _socket.Options.KeepAliveInterval = ClientTiming.Ping;
        _socket.Options.KeepAliveTimeout = ClientTiming.Ping;
        try
        {
            using var connecting = CancellationTokenSource.CreateLinkedTokenSource(stop);
            connecting.CancelAfter(ClientTiming.ConnectTimeout);
            await _socket.ConnectAsync(new Uri($"ws://{server.Authority}/wss/{ScriptedClient.Type}"), connecting.Token);
        }
        catch (Exception e) when (IsLoss(e))
        {
            return new ConnectionEnd(Opened: false, CloseCode: null);
        }

        await using var stopping = stop.Register(_socket.Abort);
        var receiving = ReceiveAsync();
        var opened = false;
        TimeSpan? retryAfter = null;
        try
        {
            Log(ClientEventKind.Opening);
            await SendAsync(TestClient.Frame("0001", JsonSerializer.Serialize(new OpenBody(client), ClientJson.Default.OpenBody), $"\"{OpenUuid}\""));
            var answer = await _openAnswer.Task.WaitAsync(ClientTiming.OpenTimeout, _ended.Token);
            opened = answer.Code == "0";
            if (opened)
            {
                Log(ClientEventKind.Opened);
                OnOpened();
                await SpeakAsync();
            }
            else
            {
                Log(ClientEventKind.Refused, error: answer.Error);
                retryAfter = RetryAfterOf(answer);
                await receiving.WaitAsync(ClientTiming.OpenTimeout, stop);
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            _socket.Abort();
        }

        var code = await receiving;
        if (opened)
        {
            Log(stop.IsCancellationRequested ? ClientEventKind.Left : ClientEventKind.Closed, closeCode: code ?? TestClose.Abnormal);
        }

        return new ConnectionEnd(opened, code, retryAfter);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _ended.Dispose();
        _sending.Dispose();
    }

    private static bool IsLoss(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or TimeoutException;

    private static TimeSpan? RetryAfterOf(TestFrame answer) =>
        answer.Json.TryGetProperty("error", out var error) && error.TryGetProperty("retryAfterMs", out var after)
            ? TimeSpan.FromMilliseconds(after.GetInt64())
            : null;

    // HEARTs and numbered queries, until the connection ends.
    private async Task SpeakAsync()
    {
        var heart = log.Now + ClientTiming.HeartInterval;
        var query = log.Now + (ClientTiming.QueryInterval * random.NextDouble());
        for (var asked = 1; ;)
        {
            var next = heart < query ? heart : query;
            var wait = next - log.Now;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, log.Time, _ended.Token);
            }

            if (next == heart)
            {
                heart = log.Now + ClientTiming.HeartInterval;
                await SendAsync(TestClient.Frame("0000"));
            }
            else
            {
                query = log.Now + (ClientTiming.QueryInterval * (0.5 + random.NextDouble()));
                var data = string.Create(CultureInfo.InvariantCulture, $$"""{"query":{{asked}},"connection":{{number}}}""");
                Log(ClientEventKind.Asked, data: data, callOrQuery: asked);
                await SendAsync(TestClient.Frame("0003", data, $"\"{asked}\""));
                asked++;
            }
        }
    }

    private async Task<int?> ReceiveAsync()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    if (length == buffer.Length)
                    {
                        Array.Resize(ref buffer, length * 2);
                    }

                    result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += result.Count;
                }
                while (!result.EndOfMessage);

                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return await ConfirmCloseAsync();
                }

                OnFrame(new TestFrame(Encoding.UTF8.GetString(buffer, 0, length)));
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            return null;
        }
        finally
        {
            await _ended.CancelAsync();
        }
    }

    private async Task<int?> ConfirmCloseAsync()
    {
        var code = (int?)_socket.CloseStatus;
        using var patience = new CancellationTokenSource(ClientTiming.ConnectTimeout, log.Time);
        try
        {
            await _sending.WaitAsync(patience.Token);
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The server did not wait for it, and has said what it wanted to say.
        }

        return code;
    }

    private void OnFrame(TestFrame frame)
    {
        switch (frame.SessionType)
        {
            case "0001":
                _openAnswer.TrySetResult(frame);
                break;
            case "0002":
                _ = AnswerAsync(frame.Uuid!, frame.Data ?? frame.RawData ?? "");
                break;
            case "0003":
                Log(ClientEventKind.Replied, frame.Uuid, frame.RawData, long.Parse(frame.Uuid!, CultureInfo.InvariantCulture), frame.Error);
                break;
            default:
                Log(ClientEventKind.Replied, frame.Uuid, frame.Text, error: frame.Error ?? "unexpected");
                break;
        }
    }

    private async Task AnswerAsync(string uuid, string payload)
    {
        if (!Script.TryParse(payload, out var call, out var script))
        {
            Log(ClientEventKind.Received, uuid, payload);
            return;
        }

        Log(ClientEventKind.Received, uuid, payload, call);
        var data = string.Create(CultureInfo.InvariantCulture, $$"""{"call":{{call}},"client":"{{client}}","connection":{{number}}}""");
        try
        {
            switch (script.Act)
            {
                case ScriptAct.Never:
                    return;
                case ScriptAct.Delay:
                    await Task.Delay(script.Delay, log.Time, _ended.Token);
                    break;
            }

            await AnswerAsync(uuid, call, data);
            if (script.Act == ScriptAct.Twice)
            {
                await AnswerAsync(uuid, call, data.Replace("}", ",\"again\":true}", StringComparison.Ordinal));
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The connection is gone, and with it the answer.
        }
    }

    private Task AnswerAsync(string uuid, long call, string data)
    {
        Log(ClientEventKind.Answered, uuid, data, call);
        return SendAsync(TestClient.Frame("0002", data, JsonSerializer.Serialize(uuid, ClientJson.Default.String)));
    }

    private async Task SendAsync(string text)
    {
        await _sending.WaitAsync(_ended.Token);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Log(ClientEventKind kind, string? uuid = null, string? data = null, long? callOrQuery = null, string? error = null, int? closeCode = null) =>
        log.Add(new ClientEvent
        {
            At = log.Now,
            Client = client,
            Connection = number,
            Kind = kind,
            Gateway = kind is ClientEventKind.Opening or ClientEventKind.Opened or ClientEventKind.Refused or ClientEventKind.Closed or ClientEventKind.Left ? gateway : null,
            Uuid = uuid,
            Data = data,
            Number = callOrQuery,
            Error = error,
            CloseCode = closeCode,
        });
}
