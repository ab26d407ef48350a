using System.Collections.Concurrent;
using System.Diagnostics;
using Swp.Testing.Clients;
using Swp.Testing.Processes;

namespace Swp.Hostile.Victims;

/// <summary>A well-behaved client that is called at a steady pace, whatever else happens, and a caller that notes how long each call took.</summary>
internal sealed class Victim : IAsyncDisposable
{
    /// <summary>Not the type that is attacked, whose silences are cut short in the short form: on a busy machine this one may be silent for a moment.</summary>
    private const string Type = "his";

    private const string Id = "victim";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly SwpProcess _server;
    private readonly TestClient _client;
    private readonly CancellationTokenSource _leaving = new();
    private readonly ConcurrentQueue<VictimCall> _calls = new();
    private readonly Task _calling;

    private Victim(SwpProcess server, TestClient client)
    {
        _server = server;
        _client = client;
        _calling = CallAsync();
    }

    /// <summary>Whether it is still connected.</summary>
    public bool IsConnected => _client.IsConnected;

    /// <summary>Connects it, and begins to call.</summary>
    public static async Task<Victim> StartAsync(SwpProcess server)
    {
        var client = await server.OpenAsync(Type, Id);
        client.AutoAnswer();
        return new Victim(server, client);
    }

    /// <summary>The calls that began after a moment and have ended, and forgets those before.</summary>
    public IReadOnlyList<VictimCall> TakeSince(long moment)
    {
        var taken = new List<VictimCall>();
        while (_calls.TryDequeue(out var call))
        {
            if (call.Began >= moment)
            {
                taken.Add(call);
            }
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _calling;
        await _client.DisposeAsync();
        _leaving.Dispose();
    }

    // At its pace and not one after another: a call that takes long must not make the others fewer.
    private async Task CallAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        var underWay = new List<Task>();
        try
        {
            while (await pace.WaitForNextTickAsync(_leaving.Token))
            {
                underWay.RemoveAll(call => call.IsCompleted);
                underWay.Add(CallOnceAsync());
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task CallOnceAsync()
    {
        var began = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            outcome = (await _server.Operations.CallAsync(Type, Id)).Outcome ?? "?";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            outcome = e.Message;
        }

        _calls.Enqueue(new VictimCall(began, Stopwatch.GetElapsedTime(began), outcome));
    }
}
