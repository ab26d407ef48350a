using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Swp.Gateway.Hosting;

namespace Swp.Gateway.Relay;

/// <summary>
/// Attaches connections again whose owner moved or died: at a limited rate, so that the owners that are left are not run over by everybody at
/// once. Holds each connection at most once, so it is bounded by their number.
/// </summary>
internal sealed class ReattachQueue(IOptions<GatewayOptions> options, TimeProvider time) : BackgroundService
{
    private const int Concurrency = 256;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly Channel<ClientRelay> _waiting = Channel.CreateUnbounded<ClientRelay>();
    private readonly Lock _gate = new();
    private readonly PriorityQueue<ClientRelay, long> _later = new();

    /// <summary>How many wait for their turn, now or later.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Reader.Count + _later.Count;
            }
        }
    }

    public void Add(ClientRelay relay) => _waiting.Writer.TryWrite(relay);

    /// <summary>Its turn comes again after a while. Meanwhile nobody waits for it.</summary>
    public void AddLater(ClientRelay relay, TimeSpan after)
    {
        lock (_gate)
        {
            _later.Enqueue(relay, time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency));
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pace = new Pace(options.Value.ReattachesPerSecond, Step);
        return Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => WorkAsync(pace, stoppingToken)).Append(WakeAsync(stoppingToken)));
    }

    private async Task WakeAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Step, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            while (TryWake(out var relay))
            {
                Add(relay);
            }
        }
    }

    private bool TryWake([NotNullWhen(true)] out ClientRelay? relay)
    {
        lock (_gate)
        {
            return _later.TryPeek(out relay, out var due) && due <= time.GetTimestamp() && _later.TryDequeue(out relay, out _);
        }
    }

    private async Task WorkAsync(Pace pace, CancellationToken stopping)
    {
        await foreach (var relay in _waiting.Reader.ReadAllAsync(stopping))
        {
            while (!pace.TryTake(time.GetTimestamp(), time.TimestampFrequency))
            {
                await Task.Delay(Step, time, stopping);
            }

            await relay.ReattachAsync(stopping);
        }
    }

    /// <summary>So many a second, counted in steps.</summary>
    private sealed class Pace(int perSecond, TimeSpan step)
    {
        private readonly Lock _gate = new();
        private readonly int _perStep = Math.Max(1, (int)(perSecond * step.TotalSeconds));
        private long _step;
        private int _taken;

        public bool TryTake(long timestamp, long frequency)
        {
            lock (_gate)
            {
                var current = (long)(timestamp / (frequency * step.TotalSeconds));
                if (current != _step)
                {
                    (_step, _taken) = (current, 0);
                }

                return _taken++ < _perStep;
            }
        }
    }
}
