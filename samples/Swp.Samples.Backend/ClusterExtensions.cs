using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using StackExchange.Redis;

namespace Swp.Samples.Backend;

internal static class ClusterExtensions
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Joins the cluster as an Orleans client: through one silo, or through those that Redis knows.</summary>
    public static void UseSwpCluster(this HostApplicationBuilder builder, IPEndPoint gateway, string? redis, string clusterId, string serviceId)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, serviceId));
            if (redis is null)
            {
                client.UseStaticClustering(gateway);
            }
            else
            {
                client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis));
            }

            var where = redis is null ? $"at {gateway}" : $"in Redis {redis}";
            client.UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                Console.WriteLine($"No silo {where} yet; next try in {RetryDelay.TotalSeconds:0} s.");
                await Task.Delay(RetryDelay, cancellationToken);
                return true;
            });
        });
    }
}
