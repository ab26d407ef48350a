using Swp.Testing.Storage;

namespace Swp.Testing.Processes;

/// <summary>The split topology: a real Redis, owners and gateways, each a process.</summary>
public sealed class SwpCluster : IAsyncDisposable
{
    private SwpCluster(RedisProcess redis, IEnumerable<SwpProcess> silos, IEnumerable<SwpProcess> gateways)
    {
        Redis = redis;
        Silos = [.. silos];
        Gateways = [.. gateways];
    }

    /// <summary>Keeps its data when it is stopped and started again.</summary>
    public RedisProcess Redis { get; }

    public IReadOnlyList<SwpProcess> Silos { get; }

    public IReadOnlyList<SwpProcess> Gateways { get; }

    public IEnumerable<SwpProcess> Members => Silos.Concat(Gateways);

    /// <summary>Starts everything and waits until all are ready.</summary>
    public static async Task<SwpCluster> StartAsync(int silos, int gateways, params (string Name, string Value)[] settings)
    {
        var redis = await RedisProcess.StartAsync(durable: true);
        var cluster = new SwpCluster(
            redis,
            Enumerable.Range(1, silos).Select(number => SwpProcess.Silo($"silo{number}", redis.ConnectionString, settings)),
            Enumerable.Range(1, gateways).Select(number => SwpProcess.Gateway($"gateway{number}", redis.ConnectionString, settings)));
        try
        {
            await cluster.EnsureStartedAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts what an earlier test has ended.</summary>
    public async Task EnsureStartedAsync()
    {
        if (!Redis.IsRunning)
        {
            await Redis.RestartAsync();
        }

        await Task.WhenAll(Members.Select(member => member.EnsureStartedAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            await member.DisposeAsync();
        }

        await Redis.DisposeAsync();
    }
}
