using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Swp.Devices;

/// <summary>One WebSocket from OPEN to close.</summary>
internal sealed class Connection(
    ClientWebSocket socket,
    DeviceClientOptions options,
    Func<Frame, CancellationToken, ValueTask<Reply>> answer) : IDisposable
{
    private readonly PendingQueries _pending = new(options.Time);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Called once OPEN succeeded.</summary>
    public required Action<Connection> OnOpened { get; init; }

    /// <summary>Called when nothing can be asked any more, before those who wait for answers are told.</summary>
    public required Action<Connection> OnEnded { get; init; }

    /// <summary>Runs until the connection has ended, or closes it when <paramref name="stop"/> is cancelled.</summary>
    public async Task<ConnectionEnd> RunAsync(CancellationToken stop)
    {
        var receiving = ReceiveAsync();
        var opened = false;
        try
        {
            await OpenAsync(stop);
            opened = true;
            OnOpened(this);
            await BeatAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await LeaveAsync(receiving);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await receiving;
            return new ConnectionEnd($"OPEN was not answered in {options.OpenTimeout.TotalSeconds:0} s");
        }
        catch (OpenRefusedException e)
        {
            options.Log($"OPEN was refused: {e.Message}");
            await ExpectEndAsync(receiving);
            return await receiving with { RetryAfter = e.RetryAfter };
        }
        catch (Exception e) when (IsLoss(e))
        {
            await ExpectEndAsync(receiving);
        }

        return await receiving with { Opened = opened };
    }

    /// <summary>Asks the server.</summary>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first.</exception>
    public async Task<Frame> AskAsync(string sessionType, JsonElement data, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var question = new Frame { SessionType = sessionType, Data = data, Uuid = Guid.NewGuid().ToString("N") };
        try
        {
            return await _pending.AskAsync(question, SendAsync, timeout, cancellationToken);
        }
        catch (Exception e) when (IsLoss(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionLostException();
        }
    }

    public void Drop() => socket.Abort();

    public void Dispose() => socket.Dispose();

    private static bool IsLoss(Exception e) =>
        e is ConnectionLostException or WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private async Task OpenAsync(CancellationToken stop)
    {
        var data = new OpenData(options.ClientId, options.Token()).ToJson();
        var opened = await AskAsync(SessionTypes.Open, data, options.OpenTimeout, stop);
        if (!opened.IsSuccess())
        {
            throw new OpenRefusedException(opened);
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _ended.Token);
        using var timer = new PeriodicTimer(options.HeartInterval, options.Time);
        while (await timer.WaitForNextTickAsync(either.Token))
        {
            await SendAsync(new Frame { SessionType = SessionTypes.Heart });
        }
    }

    private async Task<ConnectionEnd> ReceiveAsync()
    {
        var reader = new FrameReader(socket, options.MaxMessageBytes);
        try
        {
            while (await reader.ReadAsync() is { } message)
            {
                options.Trace?.Invoke($"< {Encoding.UTF8.GetString(message.Span)}");
                if (FrameCodec.TryDecode(message.Span, out var frame))
                {
                    Dispatch(frame);
                }
            }

            return await ConfirmCloseAsync();
        }
        catch (InvalidDataException e)
        {
            socket.Abort();
            return new ConnectionEnd(e.Message);
        }
        catch (Exception e) when (IsLoss(e))
        {
            return new ConnectionEnd("the connection was lost");
        }
        finally
        {
            OnEnded(this);
            _pending.Close();
            await _ended.CancelAsync();
        }
    }

    private void Dispatch(Frame frame)
    {
        if (frame.SessionType == SessionTypes.Server)
        {
            _ = AnswerAsync(frame);
        }
        else if (!_pending.TryComplete(frame) && !frame.IsSuccess())
        {
            options.Log($"The server says: {frame.Msg ?? frame.Data?.ToString() ?? frame.Error?.Code}");
        }
    }

    private async Task AnswerAsync(Frame question)
    {
        // The answer may take its time; what comes after the question does not wait for it.
        await Task.Yield();
        Reply reply;
        try
        {
            reply = await answer(question, _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            options.Log($"A request could not be answered: {e.Message}");
            reply = Reply.Fail("The client failed to answer.");
        }

        if (ReferenceEquals(reply, Reply.None))
        {
            return;
        }

        try
        {
            await SendAsync(new Frame
            {
                Code = reply.Code, Msg = reply.Message, SessionType = SessionTypes.Server, Data = reply.Data, Uuid = question.Uuid,
            });
        }
        catch (Exception e) when (IsLoss(e))
        {
            options.Log("An answer could not be sent: the connection is gone.");
        }
    }

    private async Task SendAsync(Frame frame)
    {
        var message = FrameCodec.Encode(frame with
        {
            Code = frame.Code ?? Frame.Success,
            SessionTime = options.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
        await _sending.WaitAsync(_ended.Token);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
            options.Trace?.Invoke($"> {Encoding.UTF8.GetString(message)}");
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<ConnectionEnd> ConfirmCloseAsync()
    {
        var code = (int)(socket.CloseStatus ?? WebSocketCloseStatus.Empty);
        var reason = socket.CloseStatusDescription;
        try
        {
            if (socket.State == WebSocketState.CloseReceived)
            {
                using var timeout = new CancellationTokenSource(options.CloseTimeout, options.Time);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // The server did not wait for it, and has said what it wanted to say.
        }

        var name = string.IsNullOrEmpty(reason) ? $"{code}" : $"{code} {reason}";
        return new ConnectionEnd($"{ReconnectPolicy.Describe(code)} ({name})", code);
    }

    private async Task LeaveAsync(Task receiving)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.CloseTimeout, options.Time);
            await _sending.WaitAsync(timeout.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // There is nobody left to say good-bye to.
        }

        await ExpectEndAsync(receiving);
    }

    private async Task ExpectEndAsync(Task receiving)
    {
        try
        {
            await receiving.WaitAsync(options.CloseTimeout, options.Time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await receiving;
        }
    }
}
