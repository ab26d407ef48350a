using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Gateway.Keys;

if (KeygenCommand.TryRun(args, out var exitCode))
{
    return exitCode;
}

return await SwpProgram.RunAsync(
    "swp-gateway",
    """
    Swp.Gateway: terminates WebSockets and relays frames to the owners of their clients. Needs Redis and at least one Swp.Silo.

      --Swp:Redis=HOST:PORT              the cluster's Redis (required)
      --Swp:ClusterId=swp                members with the same id form one cluster
      --Swp:Listen:Clients=URL           WebSockets, default http://127.0.0.1:8081
      --Swp:Listen:Operations=URL        server API and health, default http://127.0.0.1:8082
      --Swp:AdvertisedAddress=ADDRESS    where other members reach this one, default 127.0.0.1
      --Swp:SiloPort=PORT                the port between members, default 11111
      --Swp:DrainWindow=00:00:10         over what time sockets are closed when it stops
      --Swp:Tls:CertificateFile=FILE     the certificate of https listeners; Swp:Tls:KeyFile for its key

      keygen NAME                        makes an API key: prints it, and what to configure (Swp:ApiKeys)

    Every setting can also stand in appsettings.json or in the environment (Swp__Redis=…).
    """,
    args,
    async builder =>
    {
        var cluster = Settings.Read<SwpClusterOptions>(builder.Configuration);
        SwpGatewayExtensions.CheckPorts(builder.Configuration);
        cluster.CheckPorts(clientGateway: false);
        await SwpProgram.CheckRedisAsync(cluster);
        builder.Services.AddSwpShutdown(cluster);
        builder.UseOrleans(silo => silo.UseSwpCluster(cluster, clientGateway: false).AddSwpGateway());
        builder.AddSwpGateway();
        return builder.Build().MapSwpGateway();
    },
    app => $"Swp.Gateway is ready: clients on {app.Configuration["Swp:Listen:Clients"] ?? new GatewayOptions().Listen.Clients}, operations on {app.Configuration["Swp:Listen:Operations"] ?? new GatewayOptions().Listen.Operations}");
