using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using Swp.Clients;
using Swp.Cluster.Hosting;
using Swp.Grains.Storage;
using Swp.Testing.Logging;
using Swp.Testing.Tasks;

namespace Swp.Grains.Tests.Storage;

/// <summary>The store of one silo as the silo makes it, without the rest of the silo.</summary>
internal sealed class RecordStoreHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SiloLifecycleSubject _lifecycle;
    private bool _stopped;

    private RecordStoreHost(ServiceProvider services, TimeProvider time)
    {
        _services = services;
        var storage = services.GetRequiredKeyedService<IGrainStorage>(SwpClusterSiloBuilderExtensions.StorageName);
        Storage = new CountingStorage(storage);
        Store = new ClientRecordStore(Storage, time, Log);
        _lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        ((ILifecycleParticipant<ISiloLifecycle>)storage).Participate(_lifecycle);
        Store.Participate(_lifecycle);
    }

    public CountingStorage Storage { get; }

    public ClientRecordStore Store { get; }

    public RecordingLogger<ClientRecordStore> Log { get; } = new();

    public static async Task<RecordStoreHost> StartAsync(string redis, TimeProvider time)
    {
        var builder = new Builder();
        builder.Services.AddLogging();
        builder.Services.AddSerializer(serializer => serializer.AddAssembly(typeof(ClientRecord).Assembly).AddAssembly(typeof(ClientKey).Assembly));
        builder.Services.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("test", "test"));
        builder.Services.AddSingleton<IGrainStorageSerializer, UnusedSerializer>();
        builder.AddSwpRecords(redis);
        var host = new RecordStoreHost(builder.Services.BuildServiceProvider(), time);
        await host._lifecycle.OnStart().DefaultTimeout();
        return host;
    }

    /// <summary>The silo stops in an orderly way.</summary>
    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _lifecycle.OnStop().DefaultTimeout();
        }
    }

    /// <summary>What the storage itself holds now.</summary>
    public async Task<ClientRecord> ReadAsync(GrainId grainId)
    {
        var state = new GrainState<ClientRecord>(new ClientRecord());
        await Storage.ReadStateAsync("client", grainId, state).DefaultTimeout();
        return state.State!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }

    /// <summary>The silo's own default. The records name another.</summary>
    private sealed class UnusedSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => throw new NotSupportedException();

        public T Deserialize<T>(BinaryData input) => throw new NotSupportedException();
    }

    private sealed class Builder : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationManager();
    }
}
