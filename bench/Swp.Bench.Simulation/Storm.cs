using Swp.Devices;

namespace Swp.Bench.Simulation;

/// <summary>
/// All clients have lost their connections at once and come back: with the back-off of <c>Swp.Devices</c>, to gateways that take so many a second and send
/// the others away with <c>Retry-After: 1</c>. What a connect costs is not simulated: it is the reason for the limit.
/// </summary>
internal static class Storm
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static StormResult Run(StormOptions options, Action<int>? progress = null)
    {
        var random = new Random(options.Seed);
        var gateways = new Bucket[options.Gateways];
        for (var i = 0; i < gateways.Length; i++)
        {
            gateways[i] = new Bucket(Math.Max(1, options.ConnectsPerSecond));
        }

        var backoffs = new Backoff[options.Clients];
        var coming = new PriorityQueue<int, long>(options.Clients);
        for (var client = 0; client < options.Clients; client++)
        {
            backoffs[client] = new Backoff(options.BackoffBase, options.BackoffCap, random);
            coming.Enqueue(client, DelayOf(client).Ticks);
        }

        var attempts = new List<int>();
        var connects = new List<int>();
        var (half, nearly) = (TimeSpan.Zero, TimeSpan.Zero);
        var connected = 0;
        long made = 0;
        long last = 0;
        while (coming.TryDequeue(out var client, out var now))
        {
            made++;
            Count(attempts, now);
            if (options.ConnectsPerSecond > 0 && !gateways[random.Next(gateways.Length)].TryTake(now))
            {
                var delay = DelayOf(client);
                coming.Enqueue(client, now + (delay > RetryAfter ? delay : RetryAfter).Ticks);
                continue;
            }

            Count(connects, now);
            connected++;
            last = now;
            progress?.Invoke(connected);
            if (connected == (options.Clients + 1) / 2)
            {
                half = TimeSpan.FromTicks(now);
            }

            if (connected == (int)Math.Ceiling(options.Clients * 0.99))
            {
                nearly = TimeSpan.FromTicks(now);
            }
        }

        return new StormResult(half, nearly, TimeSpan.FromTicks(last), made, attempts.Max(), connects.Max());

        // The first one is drawn as well: a client whose connection broke waits before it comes back.
        TimeSpan DelayOf(int client) => options.FixedDelay ?? backoffs[client].Next();
    }

    private static void Count(List<int> seconds, long now)
    {
        var second = (int)(now / TimeSpan.TicksPerSecond);
        while (seconds.Count <= second)
        {
            seconds.Add(0);
        }

        seconds[second]++;
    }
}
