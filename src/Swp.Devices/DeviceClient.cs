using System.Text.Json;

namespace Swp.Devices;

/// <summary>
/// A client of <c>swp.v1</c> that stays connected: connects, opens, beats, answers the server, asks it, and comes back after a loss as the close
/// codes say. It depends on nothing but the framework; copy it as the start of a client of your own.
/// </summary>
public sealed class DeviceClient(DeviceClientOptions options)
{
    private readonly Backoff _backoff = new(options.BackoffBase, options.BackoffCap);
    private readonly Lock _lock = new();
    private TaskCompletionSource<Connection> _open = NewOpen();

    /// <summary>Answers what the server asks. The default sends the data back as it came. Questions are answered side by side.</summary>
    public Func<Frame, CancellationToken, ValueTask<Reply>> OnRequest { get; init; } = (question, _) => new(Reply.Ok(question.Data));

    /// <summary>Called each time OPEN succeeded.</summary>
    public Action? OnOpened { get; init; }

    /// <summary>Called each time a connection has ended, or did not come about.</summary>
    public Action<ConnectionEnd>? OnClosed { get; init; }

    /// <summary>Keeps connected until <paramref name="stop"/> is cancelled or the server says to stay away.</summary>
    public async Task<ClientExit> RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var end = await ConnectOnceAsync(stop);
            if (stop.IsCancellationRequested)
            {
                return ClientExit.AsRequested;
            }

            OnClosed?.Invoke(end);
            if (end.Opened)
            {
                _backoff.Reset();
            }

            var action = ReconnectPolicy.Decide(end.CloseCode, end.Opened);
            if (action == ReconnectAction.Stop)
            {
                return new ClientExit(false, end.CloseCode, $"Not connecting again: {end.Reason}.");
            }

            var delay = action == ReconnectAction.Immediately
                ? options.ImmediateJitter * Random.Shared.NextDouble()
                : (end.RetryAfter ?? TimeSpan.Zero) + _backoff.Next();
            options.Log($"{end.Reason}; next try in {delay.TotalSeconds:0.0} s.");
            try
            {
                await Task.Delay(delay, options.Time, stop);
            }
            catch (OperationCanceledException)
            {
                return ClientExit.AsRequested;
            }
        }
    }

    /// <summary>Asks the server, once the client is connected, and waits for the answer.</summary>
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first: ask again if it does no harm to be heard twice.</exception>
    public async Task<Frame> QueryAsync(JsonElement data, CancellationToken cancellationToken)
    {
        Task<Connection> open;
        lock (_lock)
        {
            open = _open.Task;
        }

        var connection = await open.WaitAsync(cancellationToken);
        return await connection.AskAsync(SessionTypes.Client, data, options.QueryTimeout, cancellationToken);
    }

    /// <summary>Breaks the connection without a word, as a network does that is gone; the client then comes back as after any loss.</summary>
    public void Drop()
    {
        Task<Connection> open;
        lock (_lock)
        {
            open = _open.Task;
        }

        if (open.IsCompletedSuccessfully)
        {
            open.Result.Drop();
        }
    }

    private static TaskCompletionSource<Connection> NewOpen() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<ConnectionEnd> ConnectOnceAsync(CancellationToken stop)
    {
        try
        {
            var socket = await Handshake.ConnectAsync(options, stop);
            using var connection = new Connection(socket, options, OnRequest) { OnOpened = Opened, OnEnded = Ended };
            var end = await connection.RunAsync(stop);

            // Once more: a connection may end between the answer to its OPEN and the moment that is noticed.
            Ended(connection);
            return end;
        }
        catch (HandshakeException e)
        {
            return new ConnectionEnd(e.Message, RetryAfter: e.RetryAfter);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new ConnectionEnd("closed");
        }
    }

    private void Opened(Connection connection)
    {
        options.Log($"Connected to {ServerUrl.Show(options.Url)} as {options.ClientId}.");
        lock (_lock)
        {
            _open.TrySetResult(connection);
        }

        OnOpened?.Invoke();
    }

    private void Ended(Connection connection)
    {
        lock (_lock)
        {
            if (_open.Task.IsCompleted)
            {
                _open = NewOpen();
            }
        }
    }
}
