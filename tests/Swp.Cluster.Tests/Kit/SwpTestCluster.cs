using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using Orleans.TestingHost;
using Swp.Client.Hosting;
using Swp.Clients;
using Swp.Cluster.Hosting;
using Swp.Gateway.Fleet;
using Swp.Gateway.Hosting;
using Swp.Gateway.Types;
using Swp.Grains.Clients;
using Swp.Grains.Hosting;
using Swp.Grains.Services;
using Swp.Grains.Types;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Kit;

/// <summary>Three owners and two gateways in one process, on the directory that production uses; more owners can be started.</summary>
public class SwpTestCluster : IAsyncLifetime
{
    /// <summary>Echoes, one message a second and so many at once.</summary>
    public const string LimitedType = "limited";

    public const int LimitedBurst = 100;

    private const int InitialOwners = 3;
    private const int InitialGateways = 2;

    private int _silos;

    public SharedGrainStorage Storage { get; } = new();

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public ISwpClients Clients => Cluster.Client.ServiceProvider.GetRequiredService<ISwpClients>();

    /// <summary>As a member sees them: an external client may still be connected to an owner that another test has killed.</summary>
    public IGrainFactory Grains => Gateway1.ServiceProvider.GetRequiredService<IGrainFactory>();

    public IEnumerable<InProcessSiloHandle> Owners => Cluster.GetActiveSilos().Where(silo => silo.ServiceProvider.GetService<ClientServices>() is not null);

    public InProcessSiloHandle Gateway1 { get; private set; } = null!;

    public InProcessSiloHandle Gateway2 { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(InitialOwners + InitialGateways);
        builder.Options.UseDistributedGrainDirectory = true;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            var number = Interlocked.Increment(ref _silos);
            silo.AddSwpMember();
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                SwpClusterSiloBuilderExtensions.StorageName,
                (provider, _) => Storage.For(provider.GetRequiredService<Serializer>()));
            silo.Services.AddLogging(logging => logging.ClearProviders());
            if (number is > InitialOwners and <= InitialOwners + InitialGateways)
            {
                // What a gateway's process does not have because it does not reference the assembly; nor has an owner's the gateway's.
                silo.Configure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => type == typeof(ClientGrain)));
                silo.AddSwpGateway();
                silo.Services.AddSwpGatewayServices(new Swp.Gateway.Hosting.GatewayOptions { DrainNotice = TimeSpan.Zero });
            }
            else
            {
                silo.Configure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => type == typeof(GatewayGrain)));
                silo.AddSwp(swp => swp.AddClientType<TestService>().AddClientType<TestService>(TestService.GuardedType).AddClientType<EchoService>(LimitedType));
                silo.Services.Configure<ClientTypeOptions>(TestService.GuardedType, options => options.Authentication = ClientAuthentication.Token);
                silo.Services.Configure<ClientTypeOptions>(LimitedType, type => (type.MessagesPerSecond, type.MessageBurst) = (1, LimitedBurst));
            }

            Configure(silo.Services);
        });
        builder.ConfigureClient(client => client.Services.AddSwpClients());
        Cluster = builder.Build();
        await Cluster.DeployAsync().DefaultTimeout();

        // The silos start side by side: which of them became gateways is only known now.
        var gateways = Cluster.Silos.Where(silo => silo.ServiceProvider.GetService<ClientTypeDirectory>() is not null).ToArray();
        (Gateway1, Gateway2) = (gateways[0], gateways[1]);
        foreach (var gateway in new[] { Gateway1, Gateway2 })
        {
            await Eventually.True(() => gateway.ServiceProvider.GetRequiredService<ClientTypeDirectory>().Find(TestService.Type) is not null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Cluster.DisposeAsync();
    }

    /// <summary>What a test has otherwise than production.</summary>
    private protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Connects and opens a client through a gateway.</summary>
    public async Task<TestConnection> OpenAsync(InProcessSiloHandle gateway, string id, string type = TestService.Type)
    {
        var connection = new TestConnection(gateway.ServiceProvider, type);
        await connection.OpenAsync(id);
        return connection;
    }

    /// <summary>The owner of a client.</summary>
    public InProcessSiloHandle OwnerOf(string id, string type = TestService.Type)
    {
        Assert.True(Cluster.TryGetGrainContext(new ClientKey(type, id).ToGrainId(), out var context));
        return Cluster.GetSiloForAddress(context.Address.SiloAddress!)!;
    }

    /// <summary>The owner of a client dies without a word, and the membership knows it.</summary>
    public async Task KillOwnerAsync(string id)
    {
        var owner = OwnerOf(id);
        await Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        await Cluster.KillSiloAsync(owner).DefaultTimeout();
        var membership = Gateway1.ServiceProvider.GetRequiredService<IClusterMembershipService>();
        Assert.True(await membership.TryKill(owner.SiloAddress).DefaultTimeout());
    }

    public GrainId GrainOf(string id) => new ClientKey(TestService.Type, id).ToGrainId();
}
