using Swp.Bench.Node;
using Swp.Client.Hosting;
using Swp.Clinic;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Grains.Hosting;

return await SwpProgram.RunAsync(
    "swp-bench-owner",
    "An owner with the bench's callers in it: --Bench:Control=URL and the settings of Swp.Silo.",
    args,
    async builder =>
    {
        var cluster = Settings.Read<SwpClusterOptions>(builder.Configuration);
        await SwpProgram.CheckRedisAsync(cluster);
        builder.Services.AddSwpShutdown(cluster);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseOrleans(silo => silo.UseSwpCluster(cluster, clientGateway: true).AddSwp(swp => swp.AddClinic()));
        builder.Services.AddSwpClients();
        builder.Services.AddHostedService<ControlServer>();
        return builder.Build();
    },
    _ => "The owner is ready.");
