using Swp.Chaos.Logs;
using Swp.Devices;

namespace Swp.Chaos.Clients;

/// <summary>A client that does what each request says and comes back as the protocol tells clients to.</summary>
internal sealed class ScriptedClient(string id, GatewayList gateways, ConnectionCounter connections, RunRecorder log, Random random)
{
    public const string Type = "caller";

    private string? _gateway;
    private int _opens;
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    /// <summary>How often it was connected.</summary>
    public int Opens => Volatile.Read(ref _opens);

    /// <summary>Whether it comes back at once when another device takes its id.</summary>
    public bool Fights { get; init; }

    /// <summary>Where it is connected.</summary>
    public string? Gateway => Volatile.Read(ref _gateway);

    /// <summary>The one gateway it knows, instead of all.</summary>
    public string? Only { get; init; }

    /// <summary>Completes when it is connected.</summary>
    public Task Opened => Volatile.Read(ref _opened).Task;

    private string? _failed;

    /// <summary>Connects again and again until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        // The first attempts come from everybody at once.
        await Task.Yield();
        var backoff = new Backoff(ClientTiming.FirstBackoff, ClientTiming.LastBackoff, random);
        while (!stop.IsCancellationRequested)
        {
            var end = await ConnectAsync(backoff, stop);
            if (!Fights && ReconnectPolicy.Decide(end.CloseCode, end.Opened) == ReconnectAction.Stop)
            {
                return;
            }

            var delay = end.RetryAfter ?? (IsWelcome(end) ? TimeSpan.Zero : backoff.Next());
            await Task.Delay(delay, log.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsWelcome(ConnectionEnd end) =>
        end.Opened && (Fights || ReconnectPolicy.Decide(end.CloseCode, end.Opened) == ReconnectAction.Immediately);

    private async Task<ConnectionEnd> ConnectAsync(Backoff backoff, CancellationToken stop)
    {
        var known = Only is { } only ? gateways.All.FirstOrDefault(gateway => gateway.Name == only) : default;
        var (name, address) = known.Name is null ? gateways.Pick(random, _failed) : known;
        using var connection = new ScriptedConnection(id, connections.Next(), name, log, random)
        {
            OnOpened = () =>
            {
                backoff.Reset();
                Volatile.Write(ref _gateway, name);
                Interlocked.Increment(ref _opens);
                _opened.TrySetResult();
            },
        };
        var end = await connection.RunAsync(address, stop);
        // A gateway that did not answer, or does not reach the client's owner, is not the first one to try again.
        _failed = end.CloseCode is null or 4004 || !end.Opened ? name : null;
        if (end.Opened)
        {
            Volatile.Write(ref _gateway, null);
            Volatile.Write(ref _opened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return end;
    }
}
