using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Metadata;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Gateway.Api;
using Swp.Gateway.Audit;
using Swp.Gateway.Connections;
using Swp.Gateway.Fleet;
using Swp.Gateway.Health;
using Swp.Gateway.Hosting;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;
using Swp.Gateway.Overview;
using Swp.Gateway.Refusals;
using Swp.Gateway.Relay;
using Swp.Gateway.Types;
using Swp.Testing.Logging;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The operations listener of a gateway as it is served, on a port of loopback; its clients are the test's.</summary>
internal sealed class TestOperations : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RecordingLoggers _loggers;
    private GatewayState _state = null!;

    private TestOperations(WebApplication app, RecordingLoggers loggers, TestClients clients, HostileTimeProvider time)
    {
        _app = app;
        _loggers = loggers;
        Clients = clients;
        Time = time;
        Api = new OperationsApi(Address);
    }

    public TestClients Clients { get; }

    /// <summary>The owners, once they are published.</summary>
    public TestOwners Owners { get; private init; } = null!;

    /// <summary>The gateways.</summary>
    public TestGateways Gateways { get; private init; } = null!;

    public TestManifests Manifests { get; private init; } = null!;

    public TestMembership Membership { get; private init; } = null!;

    /// <summary>The feed of the overview.</summary>
    public OverviewFeed Feed => _app.Services.GetRequiredService<OverviewFeed>();

    /// <summary>Who was refused here.</summary>
    public RefusalBook Refusals => _app.Services.GetRequiredService<RefusalBook>();

    public HostileTimeProvider Time { get; }

    public OperationsApi Api { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>What the audit log says.</summary>
    public string[] Audit => _loggers.LinesOf(AuditLog.Category);

    /// <summary>What is said about the keys.</summary>
    public string[] KeyLog => _loggers.LinesOf(typeof(ApiKeyStore).FullName!);

    /// <summary>What is said about faults.</summary>
    public string[] FaultLog => _loggers.LinesOf(typeof(ProblemPages).FullName!);

    /// <summary>Every route that it serves.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static async Task<TestOperations> StartAsync(params IEnumerable<(string Name, string? Value)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.Logging.ClearProviders();
        var loggers = new RecordingLoggers();
        builder.Logging.AddProvider(loggers);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(Listener.Operations, "Swp:Listen:Operations", "http://127.0.0.1:0");
            kestrel.Limits.MaxRequestBodySize = ClientEndpoints.MaxBodyBytes;
        });

        var clients = new TestClients();
        var time = new HostileTimeProvider();
        var owners = new TestOwners();
        var manifests = new TestManifests();
        var types = new ClientTypeDirectory(manifests, owners, TestTokens.WithoutKeys(time).Verifier, time, NullLogger<ClientTypeDirectory>.Instance);
        var membership = new TestMembership();
        var gateways = new TestGateways();
        var state = new GatewayState(types, TestLinks.Create(owners, new ClientRelays(), membership, time), new TestPresence());
        builder.Services.AddSingleton<ISwpClients>(clients);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<ApiCalls>();
        builder.Services.AddSingleton<WebSocketEndpoint>();
        builder.Services.AddSingleton(state);
        builder.Services.AddHostedService(_ => types);
        builder.Services.AddSingleton(types);
        builder.Services.AddSingleton<IClusterManifestProvider>(manifests);
        builder.Services.AddSingleton<IClusterMembershipService>(membership);
        builder.Services.AddSingleton<IGatewayServices>(gateways);
        builder.Services.AddSingleton<IOwnerServices>(owners);
        builder.Services.AddSwpOverview();
        builder.Services.AddApiDocument();
        builder.Services.AddSwpApiAccess();
        var app = builder.Build().MapSwpGateway();
        await app.StartAsync();
        return new TestOperations(app, loggers, clients, time) { Manifests = manifests, Membership = membership, Owners = owners, Gateways = gateways, _state = state };
    }

    /// <summary>An owner appears: the gateway is ready.</summary>
    public async Task GetReadyAsync()
    {
        Manifests.Publish(Members.Owner1);
        await Eventually.True(() => _state.IsReady);
    }

    /// <summary>The settings of a key.</summary>
    public static IEnumerable<(string Name, string? Value)> Key(string name, string key, string scopes, string? types = null)
    {
        yield return ($"Swp:ApiKeys:{name}:Hash", Convert.ToHexString(ApiKeySet.HashOf(key)));
        yield return ($"Swp:ApiKeys:{name}:Scopes", scopes);
        if (types is not null)
        {
            yield return ($"Swp:ApiKeys:{name}:Types", types);
        }
    }

    /// <summary>Changes settings while it runs; <see langword="null"/> takes one away.</summary>
    public void Change(params IEnumerable<(string Name, string? Value)> settings)
    {
        foreach (var (name, value) in settings)
        {
            _app.Configuration[name] = value;
        }

        ((IConfigurationRoot)_app.Configuration).Reload();
    }

    /// <summary>As when the files with the settings vanish.</summary>
    public void TakeSettingsAway() => ((IConfigurationBuilder)_app.Configuration).Sources.Clear();

    /// <summary>Sends a request with headers of the test's own.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, params IEnumerable<(string Name, string Value)> headers)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync(), response.Headers);
    }

    /// <summary>The gateway is told to stop.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _app.DisposeAsync();
    }
}
