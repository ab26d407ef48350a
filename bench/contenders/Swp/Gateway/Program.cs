using Swp.Bench.Gateway;
using Swp.Bench.Node;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;

return await SwpProgram.RunAsync(
    "swp-bench-gateway",
    "A gateway with the bench's callers in it: --Bench:Control=URL and the settings of Swp.Gateway.",
    args,
    async builder =>
    {
        var cluster = Settings.Read<SwpClusterOptions>(builder.Configuration);
        await SwpProgram.CheckRedisAsync(cluster);
        builder.Services.AddSwpShutdown(cluster);
        builder.UseOrleans(silo => silo.UseSwpCluster(cluster, clientGateway: false).AddSwpGateway());
        builder.AddSwpGateway();
        builder.Services.AddSingleton<IControlEndpoints, SilentCrowdEndpoints>();
        builder.Services.AddHostedService<ControlServer>();
        return builder.Build().MapSwpGateway();
    },
    _ => "The gateway is ready.");
