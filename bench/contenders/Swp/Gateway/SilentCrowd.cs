using System.Diagnostics;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Swp.Clients;
using Swp.Relay;

namespace Swp.Bench.Gateway;

/// <summary>Clients without sockets: attached as a gateway attaches them, and kept alive as their heartbeats would, in batches as a link sends them.</summary>
internal sealed class SilentCrowd(IGrainFactory grains, ILocalSiloDetails local, IServiceProvider services)
    : GrainServiceClient<IOwnerService>(services)
{
    private const int BatchSize = 256;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly List<(SiloAddress Owner, long Epoch, long ConnectionId)> _attached = [];
    private readonly Dictionary<SiloAddress, long> _batches = [];
    private long _sequence;

    /// <summary>Attaches so many more, so many at a time.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> AttachAsync(int count, int concurrency, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var first = _attached.Count;
        var results = new (SiloAddress Owner, long Epoch, long ConnectionId)[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (index, token) =>
        {
            var id = first + index;
            var result = await grains.GetGrain<IClientAttachment>(new ClientKey("caller", $"silent-{id}").ToGrainId()).AttachAsync(
                new AttachRequest
                {
                    Gateway = local.SiloAddress,
                    GatewayName = local.Name,
                    ConnectionId = long.MaxValue - id,
                    RemoteAddress = "127.0.0.1",
                    OpenedAt = TimeProvider.System.GetUtcNow(),
                },
                token);
            if (result.Status != AttachStatus.Attached)
            {
                throw new InvalidOperationException($"Client {id} was not attached: {result.Status} {result.Message}");
            }

            results[index] = (result.Owner, result.Epoch, long.MaxValue - id);
        });
        _attached.AddRange(results);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Lets every client beat once a period, for a while.</summary>
    /// <returns>Which share of the beats that were due was sent: less than all when the owners cannot keep up.</returns>
    public async Task<double> BeatAsync(TimeSpan period, TimeSpan length, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step);
        var (next, started) = (0L, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < length && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var due = (long)(Stopwatch.GetElapsedTime(started) / period * _attached.Count);
            var beating = _attached.Slice((int)(next % _attached.Count), (int)Math.Min(due - next, _attached.Count - (next % _attached.Count)));
            next += beating.Count;
            foreach (var owner in beating.GroupBy(client => client.Owner))
            {
                foreach (var batch in owner.Chunk(BatchSize))
                {
                    await SendAsync(owner.Key, batch);
                }
            }
        }

        return next / (Stopwatch.GetElapsedTime(started) / period * _attached.Count);
    }

    private Task SendAsync(SiloAddress owner, (SiloAddress Owner, long Epoch, long ConnectionId)[] clients)
    {
        var number = _batches[owner] = _batches.GetValueOrDefault(owner, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 10) + 1;
        _sequence++;
        return GetGrainService(owner).DeliverAsync(new OwnerboundBatch(local.SiloAddress, number, [.. clients.Select(client => new OwnerboundFrame
        {
            ConnectionId = client.ConnectionId,
            Epoch = client.Epoch,
            Sequence = _sequence,
            Kind = OwnerboundKind.Heartbeat,
            Code = "0",
        })]));
    }
}
