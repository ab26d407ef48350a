using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Swp.Client.Hosting;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Links;
using Swp.Grains.Clients;
using Swp.Grains.Diagnostics;
using Swp.Grains.Draining;
using Swp.Grains.Events;
using Swp.Grains.Promises;
using Swp.Grains.Relay;
using Swp.Grains.Storage;
using Swp.Grains.Types;
using Swp.Relay;

namespace Swp.Grains.Hosting;

/// <summary>Makes a silo an owner of clients.</summary>
public static class SwpSiloBuilderExtensions
{
    /// <summary>Makes the silo an owner, and names the client types it serves. Every owner of a cluster serves the same types.</summary>
    public static ISiloBuilder AddSwp(this ISiloBuilder silo, Action<ISwpBuilder> configure)
    {
        var services = silo.Services;
        services.AddSwpClients();

        // Types
        services.TryAddSingleton<ClientTypeCatalog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClientTypeOptions>, ClientTypeOptionsValidator>());
        configure(new SwpBuilder(services));

        // Clients, their promises and records
        services.TryAddSingleton<OwnerInstruments>();
        services.TryAddSingleton<ClientEvents>();
        services.TryAddSingleton<AttachedClients>();
        services.TryAddSingleton<DeadlineWheel>();
        services.TryAddSingleton<PromiseTable>();
        services.TryAddSingleton<ClientServices>();
        services.AddParticipant<DeadlineWheelDriver>();
        services.AddParticipant<ClientRecordStore>();

        // Links to the gateways
        services.TryAddSingleton<BatchReceiver<OwnerboundFrame>>();
        services.TryAddSingleton<GatewayServiceClient>();
        services.TryAddSingleton<ILinkEndpoint<ClientboundFrame>, OwnerEndpoint>();
        services.AddParticipant<LinkTable<ClientboundFrame>>();
        services.AddGrainService<OwnerService>();
        services.AddHostedService<LinkInstruments<ClientboundFrame>>();

        services.TryAddSingleton<ClientMoves>();
        services.AddParticipant<OwnerDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<OwnerDrain>());
        services.AddHostedService<OwnerGauges>();
        return silo;
    }

    private static void AddParticipant<T>(this IServiceCollection services)
        where T : class, ILifecycleParticipant<ISiloLifecycle>
    {
        services.TryAddSingleton<T>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<T>());
    }
}
