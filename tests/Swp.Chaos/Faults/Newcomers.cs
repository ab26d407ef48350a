using Swp.Chaos.Clients;

namespace Swp.Chaos.Faults;

/// <summary>Clients that come while a fault lasts, and leave with it.</summary>
internal sealed class Newcomers(FaultRun run) : IAsyncDisposable
{
    /// <summary>Whoever has to wait longer than this does not connect at once.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _leave = new();
    private readonly List<ScriptedClient> _clients = [];
    private readonly List<Task> _running = [];

    public IReadOnlyList<ScriptedClient> All => _clients;

    /// <summary>So many more connect; it fails the fault when they cannot do so at once.</summary>
    /// <param name="count">How many.</param>
    /// <param name="only">The one gateway they know; none for all.</param>
    public async Task ComeAsync(int count, string? only = null)
    {
        var some = Enumerable.Range(0, count).Select(_ => Create($"n{run.Log.NextNewcomer()}", new ConnectionCounter(), only)).ToArray();
        Start(some);
        await Task.WhenAll(some.Select(client => client.Opened)).WaitAsync(AtOnce).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (some.Count(client => client.Opens == 0) is > 0 and var missing)
        {
            run.Fail($"{missing} of {count} new clients{(only is null ? "" : $" of {only}")} were not connected after {AtOnce.TotalSeconds:0} s");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        await Task.WhenAll(_running);
        _leave.Dispose();
    }

    private ScriptedClient Create(string id, ConnectionCounter connections, string? only) =>
        new(id, run.Cluster.GatewayList, connections, run.Log, new Random(run.Random.Next())) { Only = only };

    private void Start(IReadOnlyList<ScriptedClient> clients)
    {
        _clients.AddRange(clients);
        _running.AddRange(clients.Select(client => client.RunAsync(_leave.Token)));
    }
}
