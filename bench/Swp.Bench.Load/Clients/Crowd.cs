using System.Diagnostics;
using System.Net;
using HdrHistogram;
using Swp.Bench.Load.Dialects;

namespace Swp.Bench.Load.Clients;

/// <summary>Many clients, connected so many at a time, that send what keeps them alive.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly IDialect _dialect;
    private readonly Timer? _heart;
    private int _beating;

    public Crowd(IDialect dialect, int count, ICrowdListener listener)
    {
        _dialect = dialect;
        Clients = [.. Enumerable.Range(0, count).Select(index => new LoadClient(index, dialect, listener))];
        if (dialect.HeartbeatInterval is { } interval)
        {
            // A second's share each second, so that they do not all beat at once.
            var share = Math.Max(1, (int)Math.Ceiling(count / interval.TotalSeconds));
            _heart = new Timer(_ => Beat(share), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    public IReadOnlyList<LoadClient> Clients { get; }

    /// <summary>Connects them all, or throws.</summary>
    /// <param name="servers">Taken in turn.</param>
    /// <param name="concurrency">So many at a time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How long it took, and how long each.</returns>
    public async Task<(TimeSpan Elapsed, LongHistogram Each)> ConnectAsync(IPEndPoint[] servers, int concurrency, CancellationToken cancellationToken)
    {
        var each = new LongConcurrentHistogram(1, TimeSpan.TicksPerMinute, 3);
        var started = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Clients, options, async (client, token) =>
        {
            var began = Stopwatch.GetTimestamp();
            await client.ConnectAsync(servers[client.Index % servers.Length], token);
            each.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(began).Ticks));
        });
        var elapsed = Stopwatch.GetElapsedTime(started);
        var copy = new LongHistogram(1, TimeSpan.TicksPerMinute, 3);
        copy.Add(each);
        return (elapsed, copy);
    }

    public void Dispose()
    {
        _heart?.Dispose();
        foreach (var client in Clients)
        {
            client.Close();
        }
    }

    private void Beat(int share)
    {
        for (var i = 0; i < share; i++)
        {
            var client = Clients[_beating++ % Clients.Count];
            if (client.Target.Length > 0)
            {
                _dialect.Heartbeat(client);
            }
        }
    }
}
