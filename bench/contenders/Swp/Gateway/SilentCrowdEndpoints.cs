using Swp.Bench.Node;

namespace Swp.Bench.Gateway;

/// <summary>Where the bench has clients without sockets attached and kept alive.</summary>
internal sealed class SilentCrowdEndpoints(IServiceProvider services) : IControlEndpoints
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var crowd = ActivatorUtilities.CreateInstance<SilentCrowd>(services);
        endpoints.MapPost("/bench/attach", async (int count, int concurrency, CancellationToken aborted) =>
            new { Seconds = (await crowd.AttachAsync(count, concurrency, aborted)).TotalSeconds });
        endpoints.MapPost("/bench/beat", async (double period, double seconds, CancellationToken aborted) =>
            new { Share = await crowd.BeatAsync(TimeSpan.FromSeconds(period), TimeSpan.FromSeconds(seconds), aborted) });
    }
}
