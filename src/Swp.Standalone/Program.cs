using System.Net;
using Microsoft.Extensions.Configuration.Memory;
using Swp.Clinic;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Gateway.Keys;
using Swp.Grains.Hosting;
using Swp.Standalone.Hosting;

if (KeygenCommand.TryRun(args, out var exitCode))
{
    return exitCode;
}

return await SwpProgram.RunAsync(
    "swp",
    """
    Swp.Standalone: one process that owns clients and terminates their WebSockets. Needs nothing installed.

      --Swp:DataDirectory=.swp           the directory of the embedded storage
      --Swp:Redis=HOST:PORT              a Redis of yours instead of the embedded storage
      --Swp:Listen:Clients=URL           WebSockets, default http://127.0.0.1:8081
      --Swp:Listen:Operations=URL        server API and health, default http://127.0.0.1:8082
      --Swp:SiloPort=PORT                the cluster's own port, default 11111
      --Swp:ClientGatewayPort=PORT       the port for backend services, default 30000; 0 for none
      --Swp:Types:caller:MaxPendingRequests=300    the limits of a client type
      --Swp:Tls:CertificateFile=FILE     the certificate of https listeners; Swp:Tls:KeyFile for its key

      keygen NAME                        makes an API key: prints it, and what to configure (Swp:ApiKeys)

    Every setting can also stand in appsettings.json or in the environment (Swp__DataDirectory=…).
    """,
    args,
    async builder =>
    {
        // Ctrl+C is to end it: there is no other gateway for its callers to go to.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Swp:DrainNotice", "00:00:00")] });
        var cluster = Settings.Read<SwpClusterOptions>(builder.Configuration);
        SwpGatewayExtensions.CheckPorts(builder.Configuration);
        cluster.CheckPorts(clientGateway: true);
        builder.Services.AddSwpShutdown(cluster);
        if (cluster.Redis is null)
        {
            var storage = EmbeddedStorage.Start(Settings.Read<StandaloneOptions>(builder.Configuration));

            // Made by a factory, so that the container owns it.
            builder.Services.AddSingleton(_ => storage);
            builder.UseOrleans(silo => silo
                .AddSwpMember()

                // Alone there is nobody to agree with: the membership lives in this process, and a restart after a crash waits for nobody.
                .UseDevelopmentClustering(new IPEndPoint(IPAddress.Parse(cluster.AdvertisedAddress), cluster.SiloPort))
                .UseSwpEndpoints(cluster, clientGateway: true)
                .AddSwpRecords(storage.Redis)
                .AddSwpGateway()
                .AddSwp(swp => swp.AddClinic()));
        }
        else
        {
            await SwpProgram.CheckRedisAsync(cluster);
            builder.UseOrleans(silo => silo
                .UseSwpCluster(cluster, clientGateway: true)
                .AddSwpGateway()
                .AddSwp(swp => swp.AddClinic()));
        }

        builder.AddSwpGateway();
        var app = builder.Build();

        // Resolved first, so that the container ends it last.
        app.Services.GetService<EmbeddedStorage>();
        return app.MapSwpGateway();
    },
    app =>
    {
        var listen = Settings.Read<GatewayOptions>(app.Configuration).Listen;
        return $"""
            Swp is ready.
              clients     {listen.Clients.Replace("http", "ws", StringComparison.Ordinal)}/wss/caller (and /wss/his)
              operations  {listen.Operations}
            Ctrl+C stops it.
            """;
    });
