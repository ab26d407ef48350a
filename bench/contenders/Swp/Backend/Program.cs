using Orleans.Configuration;
using StackExchange.Redis;
using Swp.Bench.Node;
using Swp.Client.Hosting;

// As Swp.Samples.Backend joins a cluster.
var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.UseOrleansClient(client => client
    .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("swp", "swp"))
    .UseRedisClustering(redis => redis.ConfigurationOptions = ConfigurationOptions.Parse(builder.Configuration["Swp:Redis"]!)));
builder.Services.AddSwpClients();
builder.Services.AddHostedService<ControlServer>();
await builder.Build().RunAsync();
