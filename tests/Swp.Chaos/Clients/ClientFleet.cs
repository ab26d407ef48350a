using Swp.Chaos.Logs;

namespace Swp.Chaos.Clients;

/// <summary>All scripted clients of a run.</summary>
internal sealed class ClientFleet(int count, int seed, GatewayList gateways, RunRecorder log) : IAsyncDisposable
{
    /// <summary>How many connect at once in the beginning.</summary>
    private const int OpeningAtOnce = 50;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly Dictionary<string, ScriptedClient> _clients = Enumerable.Range(1, count)
        .Select(number => new ScriptedClient($"c{number}", gateways, new ConnectionCounter(), log, new Random(HashCode.Combine(seed, number))))
        .ToDictionary(client => client.Id);

    public IReadOnlyCollection<ScriptedClient> All => _clients.Values;

    public ScriptedClient this[string id] => _clients[id];

    /// <summary>Those that are connected at a gateway.</summary>
    public IReadOnlySet<string> At(string gateway) => _clients.Values.Where(client => client.Gateway == gateway).Select(client => client.Id).ToHashSet();

    /// <summary>Connects all.</summary>
    public async Task StartAsync()
    {
        foreach (var some in _clients.Values.Chunk(OpeningAtOnce))
        {
            _running.AddRange(some.Select(client => client.RunAsync(_stop.Token)));
            await Task.WhenAll(some.Select(client => client.Opened)).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    /// <summary>Waits until all are connected.</summary>
    /// <returns>Those that are not, after <paramref name="limit"/>.</returns>
    public async Task<IReadOnlyList<string>> AllOpenAsync(TimeSpan limit)
    {
        await Task.WhenAll(_clients.Values.Select(client => client.Opened)).WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. _clients.Values.Where(client => client.Gateway is null).Select(client => client.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }
}
