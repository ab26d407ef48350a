using Swp.Testing.Networks;
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
    public static Task<SwpCluster> StartAsync(int silos, int gateways, params (string Name, string Value)[] settings) =>
        StartAsync(silos, gateways, LoopbackNetwork.Instance, settings);

    /// <summary>Starts everything in a network that has a place for each member, see <see cref="NamesOf"/>, and waits until all are ready.</summary>
    public static async Task<SwpCluster> StartAsync(int silos, int gateways, IMemberNetwork network, params (string Name, string Value)[] settings)
    {
        var redis = await RedisProcess.StartAsync(durable: true, network.HostAddress);
        var cluster = new SwpCluster(
            redis,
            Names("silo", silos).Select(name => SwpProcess.Silo(name, redis.ConnectionString, network, settings)),
            Names("gateway", gateways).Select(name => SwpProcess.Gateway(name, redis.ConnectionString, network, settings)));
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

    /// <summary>The names that the members of a cluster get: <c>silo1</c>, <c>gateway1</c> and so on.</summary>
    public static IEnumerable<string> NamesOf(int silos, int gateways) => [.. Names("silo", silos), .. Names("gateway", gateways)];

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

    private static IEnumerable<string> Names(string role, int count) => Enumerable.Range(1, count).Select(number => $"{role}{number}");
}
