using Swp.Clinic;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Health;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Grains.Draining;
using Swp.Grains.Hosting;
using Swp.Silo;

return await SwpProgram.RunAsync(
    "swp-silo",
    """
    Swp.Silo: owns clients, their promises and their business types. Needs Redis.

      --Swp:Redis=HOST:PORT              the cluster's Redis (required)
      --Swp:ClusterId=swp                members with the same id form one cluster
      --Swp:Listen:Operations=URL        health, default http://127.0.0.1:8083
      --Swp:AdvertisedAddress=ADDRESS    where other members reach this one, default 127.0.0.1
      --Swp:SiloPort=PORT                the port between members, default 11111
      --Swp:ClientGatewayPort=PORT       the port for backend services, default 30000; 0 for none
      --Swp:Types:caller:MaxPendingRequests=300    the limits of a client type

    Every setting can also stand in appsettings.json or in the environment (Swp__Redis=…).
    """,
    args,
    async builder =>
    {
        var cluster = Settings.Read<SwpClusterOptions>(builder.Configuration);
        var listen = Settings.Read<SiloListenOptions>(builder.Configuration, "Swp:Listen");
        Ports.CheckUrl("Swp:Listen:Operations", listen.Operations);
        cluster.CheckPorts(clientGateway: true);
        await SwpProgram.CheckRedisAsync(cluster);
        builder.Services.AddSwpShutdown(cluster);
        builder.WebHost.UseUrls(listen.Operations);
        builder.UseOrleans(silo => silo.UseSwpCluster(cluster, clientGateway: true).AddSwp(swp => swp.AddClinic()));
        var app = builder.Build();
        var drain = app.Services.GetRequiredService<OwnerDrain>();
        app.MapHealth(() => drain.IsDraining ? (false, "draining") : (true, "ready"));
        app.MapMetrics();
        return app;
    },
    app => $"Swp.Silo is ready: operations on {string.Join(", ", app.Urls)}");
