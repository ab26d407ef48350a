using System.Net;
using System.Net.Sockets;
using Swp.Testing.Clients;
using Swp.Testing.Networks;
using Swp.Testing.Operations;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.Testing.Processes;

/// <summary>A member as a process: standalone, owner or gateway, on free ports of its network, with a log.</summary>
public sealed class SwpProcess : TestProcess
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private SwpProcess(string project, string name, IMemberNetwork network, IReadOnlyDictionary<string, string> settings)
        : base(name, [.. network.CommandPrefixOf(name), "dotnet", BuiltProgram.Find(project), .. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
    {
        Settings = settings;
        Operations = new OperationsApi(
            new Uri(settings["Swp:Listen:Operations"]),
            (endpoint, cancellationToken) => network.ConnectAsync(name, endpoint, cancellationToken));
    }

    /// <summary>The settings it is started with, each time.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Where clients connect.</summary>
    public Uri Clients => new(Settings["Swp:Listen:Clients"]);

    /// <summary>Its server API and health.</summary>
    public OperationsApi Operations { get; }

    /// <summary>Owner and gateway in one process with embedded storage, in its working directory unless the settings say where.</summary>
    public static SwpProcess Standalone(params IEnumerable<(string Name, string Value)> settings) =>
        new("Swp.Standalone", "standalone", LoopbackNetwork.Instance, Settle(Listening(IPAddress.Loopback).Concat(Clustering()), settings));

    /// <summary>An owner.</summary>
    public static SwpProcess Silo(string name, string redis, params IEnumerable<(string Name, string Value)> settings) =>
        Silo(name, redis, LoopbackNetwork.Instance, settings);

    /// <summary>An owner in a network.</summary>
    public static SwpProcess Silo(string name, string redis, IMemberNetwork network, params IEnumerable<(string Name, string Value)> settings) =>
        new("Swp.Silo", name, network, Settle(Clustering().Append(("Swp:Listen:Operations", Url(IPAddress.Loopback))).Concat(Member(name, redis, network)), settings));

    /// <summary>A gateway.</summary>
    public static SwpProcess Gateway(string name, string redis, params IEnumerable<(string Name, string Value)> settings) =>
        Gateway(name, redis, LoopbackNetwork.Instance, settings);

    /// <summary>A gateway in a network. Unless told otherwise it ends as soon as its clients are gone: whoever calls here knows when it does.</summary>
    public static SwpProcess Gateway(string name, string redis, IMemberNetwork network, params IEnumerable<(string Name, string Value)> settings) =>
        new("Swp.Gateway", name, network, Settle(Listening(network.AddressOf(name)).Append(("Swp:SiloPort", Port())).Append(("Swp:DrainNotice", "00:00:00")).Concat(Member(name, redis, network)), settings));

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        var started = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync())
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException($"{Name} ended with code {await Exited} instead of getting ready:\n{Log.Text}");
            }

            if (TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw new TimeoutException($"{Name} is not ready after {StartLimit.TotalSeconds:0} s:\n{Log.Text}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Starts it unless it runs.</summary>
    public Task EnsureStartedAsync() => IsRunning ? Task.CompletedTask : StartAsync();

    /// <summary>Whether <c>/health/ready</c> says so.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            return (await Operations.GetAsync("/health/ready")).Status == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Connects without saying OPEN.</summary>
    public Task<TestClient> ConnectAsync(string type, params IEnumerable<string> subProtocols) => TestClient.ConnectAsync(Clients, type, subProtocols);

    /// <summary>Connects and opens, as a client of today does.</summary>
    public async Task<TestClient> OpenAsync(string type, string id)
    {
        var client = await ConnectAsync(type, TestClient.SubProtocol);
        try
        {
            await client.OpenAsync(id);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Operations.Dispose();
        await base.DisposeAsync();
    }

    // Operations stay on the member's own loopback address: it accepts no other one.
    private static IEnumerable<(string Name, string Value)> Listening(IPAddress clients) =>
        [("Swp:Listen:Clients", Url(clients)), ("Swp:Listen:Operations", Url(IPAddress.Loopback))];

    private static IEnumerable<(string Name, string Value)> Clustering() => [("Swp:SiloPort", Port()), ("Swp:ClientGatewayPort", Port())];

    private static IEnumerable<(string Name, string Value)> Member(string name, string redis, IMemberNetwork network) =>
        [("Swp:Redis", redis), ("Swp:Name", name), ("Swp:AdvertisedAddress", network.AddressOf(name).ToString())];

    private static Dictionary<string, string> Settle(IEnumerable<(string Name, string Value)> defaults, IEnumerable<(string Name, string Value)> settings)
    {
        var settled = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in defaults.Concat(settings))
        {
            settled[name] = value;
        }

        return settled;
    }

    private static string Port() => FreePort.Take().ToString();

    private static string Url(IPAddress address) => $"http://{address}:{FreePort.Take()}";
}
