using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;
using Swp.Client.Hosting;
using Swp.Clients;

namespace Swp.Chaos.Callers;

/// <summary>A backend service in this process: an Orleans client that finds the owners in Redis.</summary>
internal static class Backend
{
    public static async Task<IHost> StartAsync(string clusterId, string redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, clusterId));
            client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(redis));
        });
        builder.Services.AddSwpClients();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static ISwpClients ClientsOf(IHost host) => host.Services.GetRequiredService<ISwpClients>();
}
