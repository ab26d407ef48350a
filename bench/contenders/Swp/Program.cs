using Swp.Bench.Node;
using Swp.Client.Hosting;
using Swp.Clinic;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Grains.Hosting;

if (args.Contains("--Bench:Role=Backend"))
{
    await Backend.RunAsync(args);
    return 0;
}

// The members are put together as Swp.Silo and Swp.Gateway are; what is added are the callers and the port they are asked at.
return await SwpProgram.RunAsync(
    "swp-bench-node",
    """
    A member of a Swp cluster, or a backend of one, with the bench's callers in it.

      --Bench:Role=Owner|Gateway|Backend
      --Bench:Control=URL        where the bench asks for its runs
      and the settings of Swp.Silo or Swp.Gateway
    """,
    args,
    async builder =>
    {
        var cluster = Settings.Read<SwpClusterOptions>(builder.Configuration);
        await SwpProgram.CheckRedisAsync(cluster);
        builder.Services.AddSwpShutdown(cluster);
        builder.Services.AddSwpClients();
        builder.Services.AddHostedService<ControlServer>();
        switch (builder.Configuration.GetValue<NodeRole>("Bench:Role"))
        {
            case NodeRole.Owner:
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.UseOrleans(silo => silo.UseSwpCluster(cluster, clientGateway: true).AddSwp(swp => swp.AddClinic()));
                return builder.Build();
            case NodeRole.Gateway:
                builder.UseOrleans(silo => silo.UseSwpCluster(cluster, clientGateway: false).AddSwpGateway());
                builder.AddSwpGateway();
                builder.Services.AddSingleton<SilentCrowd>();
                return builder.Build().MapSwpGateway();
            default:
                throw new StartupException("Bench:Role is Owner, Gateway or Backend.");
        }
    },
    _ => "The node is ready.");
