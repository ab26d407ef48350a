using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Persistence;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;
using Swp.Cluster.Connections;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Links;
using Swp.Cluster.Membership;
using Swp.Relay;
using OrleansClusterOptions = Orleans.Configuration.ClusterOptions;

namespace Swp.Cluster.Hosting;

/// <summary>Makes a silo a member of a Swp cluster, whatever its role.</summary>
public static class SwpClusterSiloBuilderExtensions
{
    /// <summary>The name of the storage that holds the clients' records.</summary>
    public const string StorageName = "swp";

    /// <summary>The settings every member shares, with Redis for the membership and the records.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Valid options with a Redis connection string.</param>
    /// <param name="clientGateway">Whether Orleans clients may connect here. Only owners: a gateway would be one hop more.</param>
    public static ISiloBuilder UseSwpCluster(this ISiloBuilder silo, SwpClusterOptions options, bool clientGateway)
    {
        silo.AddSwpMember()
            .UseSwpEndpoints(options, clientGateway)
            .UseRedisClustering(redis => redis.ConfigurationOptions = ParseRedis(options.Redis!))
            .AddSwpRecords(options.Redis!);
        silo.Services.AddSingleton<IFatalErrorHandler, FatalExit>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipWatch>();
        return silo;
    }

    /// <summary>The member's identity and addresses.</summary>
    public static ISiloBuilder UseSwpEndpoints(this ISiloBuilder silo, SwpClusterOptions options, bool clientGateway)
    {
        var address = IPAddress.Parse(options.AdvertisedAddress);
        silo.Configure<OrleansClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        silo.Configure<LinkOptions>(link => link.Silent = options.PeerTimeout);

        // The runtime's own default has room for a million, made at the start: nine megabytes, which fill page by page from the first clients on.
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = options.DirectoryCacheSize);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILoggerFactory>((connections, loggers) =>
        {
            var limit = new AcknowledgementLimit(options.PeerTimeout, loggers.CreateLogger<AcknowledgementLimit>());
            connections.ConfigureSiloInboundConnection(limit.AddTo);
            connections.ConfigureSiloOutboundConnection(limit.AddTo);
        });
        if (options.Dashboard)
        {
            // The log is read where it is written: there it has no payloads and no secrets.
            silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        }

        silo.Configure<SiloOptions>(named => named.SiloName = options.Name ?? $"{Environment.MachineName}-{options.SiloPort}");
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = address;
            endpoint.SiloPort = options.SiloPort;
            endpoint.GatewayPort = clientGateway ? options.ClientGatewayPort : 0;
            if (!IPAddress.IsLoopback(address))
            {
                endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, options.SiloPort);
                endpoint.GatewayListeningEndpoint = clientGateway ? new IPEndPoint(IPAddress.Any, options.ClientGatewayPort) : null;
            }
        });
        return silo;
    }

    /// <summary>The clients' records in Redis, written in Orleans' binary format.</summary>
    public static ISiloBuilder AddSwpRecords(this ISiloBuilder silo, string redis)
    {
        silo.AddRedisGrainStorage(StorageName, storage =>
        {
            storage.ConfigurationOptions = ParseRedis(redis);
            storage.ConfigurationOptions.AsyncTimeout = 2000;
            storage.DeleteStateOnClear = true;
        });
        silo.Services.AddOptions<RedisStorageOptions>(StorageName)
            .Configure<Orleans.Serialization.Serializer>((storage, serializer) => storage.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer));
        return silo;
    }

    /// <summary>The runtime options every member must share. Each was measured; see <c>docs/architecture.md</c>.</summary>
    public static ISiloBuilder AddSwpMember(this ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003 // The default directory deactivates 39 % of the other silos' grains whenever any silo stops; this one none.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // Zero: a crashed owner's clients are taken over at once. That a hung owner may then briefly live beside the new one is what epochs fence.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(2);

            // With the three probes: how long a member that hangs with its connections open passes for alive. 4 s made its clients wait for 16 to 19 s.
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(3);
            membership.NumMissedProbesLimit = 3;
            membership.NumVotesForDeathDeclaration = 2;

            // A member that is cut off from all others learns only from the table that it has been declared dead.
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
        });
        silo.Configure<SiloMessagingOptions>(messaging =>
        {

            // A question to the directory that a cut network has swallowed keeps all calls by this member to that client waiting; 30 s of its own accord.
            // 5 s made clients of a hung owner wait for 16 s.
            messaging.PlacementTimeout = TimeSpan.FromSeconds(3);
            messaging.ResponseTimeout = TimeSpan.FromSeconds(15);
            messaging.CancelRequestOnTimeout = true;
            messaging.MaxRequestProcessingTime = TimeSpan.FromMinutes(2);
            messaging.MaxEnqueuedRequestsSoftLimit = 0;
            messaging.MaxEnqueuedRequestsHardLimit = 10_000;
            messaging.MaxMessageBodySize = 8 * 1024 * 1024;
            messaging.ClientDropTimeout = TimeSpan.FromSeconds(10);
        });
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = TimeSpan.FromMinutes(10);
            collection.DeactivationTimeout = TimeSpan.FromSeconds(10);
        });
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<IPeers, Peers>();
        silo.Services.TryAddSingleton<OwnerPresence>();
        silo.Services.TryAddSingleton<IOwnerPresence>(services => services.GetRequiredService<OwnerPresence>());
        silo.Services.TryAddSingleton<Expulsion>();
        silo.Services.TryAddSingleton<TableReach>();
        silo.Services.AddHostedService<ClusterInstruments>();
        silo.Services.TryAddSingleton(typeof(LocalReceiver<>));
        return silo;
    }

    private static ConfigurationOptions ParseRedis(string redis)
    {
        var configuration = ConfigurationOptions.Parse(redis);

        // A member outlives its Redis: the connection comes back by itself.
        configuration.AbortOnConnectFail = false;

        // The default waits longer each time, up to ten seconds: who stops in between would lose what was not written during the outage.
        configuration.ReconnectRetryPolicy = new LinearRetry(1000);

        // What cannot be read or written now is caught up with later: failing at once is better than a queue that nobody bounds.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        return configuration;
    }
}
