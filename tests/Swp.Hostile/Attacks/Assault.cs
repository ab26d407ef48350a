using System.Collections.Concurrent;
using System.Net;
using Swp.Testing.Clients;
using Swp.Testing.Processes;

namespace Swp.Hostile.Attacks;

/// <summary>An attack that is under way: whom it is against, how much of it there is, and how it ended for each attacker.</summary>
internal sealed class Assault(SwpProcess server, int count, TimeSpan floodLength, CancellationToken cancellationToken)
{
    /// <summary>So many handshakes at a time: the listener's backlog is not what is tried.</summary>
    private const int HandshakesAtATime = 64;

    /// <summary>Not the attackers' address, of the same machine.</summary>
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.0.0.2");

    private readonly SemaphoreSlim _handshakes = new(HandshakesAtATime);
    private readonly ConcurrentDictionary<string, int> _ends = new();
    private long _messages;

    public SwpProcess Server => server;

    public int Count => count;

    public CancellationToken Cancelled => cancellationToken;

    /// <summary>How it ended, and how often.</summary>
    public IReadOnlyDictionary<string, int> Ends => _ends;

    /// <summary>What was sent, where an attacker sends more than one.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Has everybody attack at the same time.</summary>
    /// <param name="attack">One attacker, and how it ends for it.</param>
    public Task EveryoneAsync(Func<int, Task<string>> attack) => Task.WhenAll(Enumerable.Range(0, count).Select(async number => Ended(await attack(number))));

    /// <summary>Connects and says nothing.</summary>
    public Task<RawClient> ConnectAsync() => OneOfManyAsync(() => RawClient.ConnectAsync(server.Clients, cancellationToken));

    /// <summary>Connects and upgrades.</summary>
    public Task<RawClient> UpgradeAsync(string type = "caller") => OneOfManyAsync(() => RawClient.UpgradeAsync(server.Clients, type, cancellationToken));

    /// <summary>Upgrades, if the server has room.</summary>
    public async Task<bool> TryUpgradeAsync(RawClient client)
    {
        await _handshakes.WaitAsync(cancellationToken);
        try
        {
            var status = (await client.RequestAsync(RawClient.Handshake("/wss/caller"), cancellationToken)).Split(' ')[1];
            return status switch { "101" => true, "503" => false, _ => throw new IOException($"The handshake was answered with {status}.") };
        }
        finally
        {
            _handshakes.Release();
        }
    }

    /// <summary>Has a client of another address connect, open and leave.</summary>
    /// <exception cref="IOException">It was not let in.</exception>
    public async Task ComeFromElsewhereAsync()
    {
        using var client = await OneOfManyAsync(() => RawClient.OpenAsync(server.Clients, "caller", Guid.NewGuid().ToString("N"), Elsewhere, cancellationToken));
    }

    /// <summary>Connects, upgrades and opens.</summary>
    public Task<RawClient> OpenAsync(string? id = null, string type = "caller") =>
        OneOfManyAsync(() => RawClient.OpenAsync(server.Clients, type, id ?? Guid.NewGuid().ToString("N"), cancellationToken));

    /// <summary>Reads on to the end.</summary>
    /// <returns>The close code, or <c>cut</c>.</returns>
    public async Task<string> EndOfAsync(RawClient client) => await client.ReceiveCloseAsync(cancellationToken) is var code && code == TestClose.Abnormal ? "cut" : $"{code}";

    /// <summary>Sends the same again and again, as fast as it is taken, and reads what comes.</summary>
    /// <param name="client">Who sends.</param>
    /// <param name="bytes">What is sent.</param>
    /// <param name="messages">How many messages that is.</param>
    /// <param name="reading">Whether what comes is read.</param>
    /// <returns>How the server ended it, or <c>still open</c>.</returns>
    public async Task<string> FloodAsync(RawClient client, ReadOnlyMemory<byte> bytes, int messages, bool reading = true)
    {
        var ending = reading ? EndOfAsync(client) : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(floodLength);
        try
        {
            while (ending is not { IsCompleted: true })
            {
                await client.SendAsync(bytes, over.Token);
                Interlocked.Add(ref _messages, messages);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Net.Sockets.SocketException)
        {
            // The time is over, or the server has had enough: its last words are read below.
        }

        if (ending is null || (!ending.IsCompleted && over.IsCancellationRequested))
        {
            return ending is null ? await EndOfAsync(client) : "still open";
        }

        return await ending;
    }

    /// <summary>Sends so many messages, and does not mind when they are no longer taken.</summary>
    public async Task SendAsync(RawClient client, ReadOnlyMemory<byte> bytes, int messages)
    {
        try
        {
            await client.SendAsync(bytes, cancellationToken);
            Interlocked.Add(ref _messages, messages);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // The server has had enough.
        }
    }

    /// <summary>Sends a byte a second until the server has had enough.</summary>
    public async Task DripAsync(RawClient client, byte drop, Task ended)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (!ended.IsCompleted && await pause.WaitForNextTickAsync(cancellationToken))
            {
                await client.SendAsync(new[] { drop }, cancellationToken);
                Interlocked.Increment(ref _messages);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It has.
        }
    }

    private void Ended(string end) => _ends.AddOrUpdate(end, 1, (_, times) => times + 1);

    private async Task<RawClient> OneOfManyAsync(Func<Task<RawClient>> connect)
    {
        await _handshakes.WaitAsync(cancellationToken);
        try
        {
            return await connect();
        }
        finally
        {
            _handshakes.Release();
        }
    }
}
