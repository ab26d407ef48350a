using Orleans.Configuration;
using StackExchange.Redis;
using Swp.Client.Hosting;

namespace Swp.Bench.Node;

/// <summary>A backend service outside the cluster, as <c>Swp.Samples.Backend</c> is one.</summary>
internal static class Backend
{
    public static async Task RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("swp", "swp"))
            .UseRedisClustering(redis => redis.ConfigurationOptions = ConfigurationOptions.Parse(builder.Configuration["Swp:Redis"]!)));
        builder.Services.AddSwpClients();
        builder.Services.AddHostedService<ControlServer>();
        await builder.Build().RunAsync();
    }
}
