using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Swp.Testing.Operations;
using Swp.Testing.Processes;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Local;

/// <summary><c>deploy/local/cluster.sh</c> with state and ports of its own.</summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(100);
    private static readonly int[] BasePorts = [8081, 8082, 8083, 8091, 8092, 8093, 11111, 11112, 11211, 11212, 30000, 30001];

    private readonly TemporaryDirectory _state = new();
    private readonly int _offset = FindOffset();
    private readonly string _redisPort = FreePort.Take().ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a gateway takes clients.</summary>
    public Uri Clients(int gateway) => new($"http://127.0.0.1:{8081 + _offset + (10 * (gateway - 1))}");

    /// <summary>A gateway's server API; the caller's to dispose.</summary>
    public OperationsApi Operations(int gateway) => new(new Uri($"http://127.0.0.1:{8082 + _offset + (10 * (gateway - 1))}"));

    /// <summary>The process id a member's file holds; <see langword="null"/> when there is none.</summary>
    public int? PidOf(string name)
    {
        var file = Path.Combine(_state.Path, $"{name}.pid");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>What a process was started as; <see langword="null"/> when there is none.</summary>
    public static string? CommandOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ') is { Length: > 0 } command ? command : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Runs a command of the script.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(path: null, arguments);

    /// <summary>Runs a command of the script with another search path.</summary>
    public async Task<CommandResult> RunAsync(string? path, string[] arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["SWP_LOCAL_STATE"] = _state.Path,
            ["SWP_LOCAL_CONFIGURATION"] = BuiltProgram.Configuration,
            ["SWP_LOCAL_REDIS_PORT"] = _redisPort,
            ["SWP_LOCAL_PORT_OFFSET"] = _offset.ToString(CultureInfo.InvariantCulture),
            ["Swp__Types__caller__MaxPendingRequests"] = "1",
        };
        if (path is not null)
        {
            environment["PATH"] = path;
        }

        await using var script = new TestProcess(
            "cluster.sh",
            "/bin/bash",
            [Path.Combine(BuiltProgram.Root, "deploy", "local", "cluster.sh"), .. arguments],
            environment);
        script.Launch();
        var code = await script.Exited.DefaultTimeout(CommandLimit);
        return new CommandResult(code, script.Log.Text, string.Join('\n', script.StandardError));
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        _state.Dispose();
    }

    private static int FindOffset()
    {
        while (true)
        {
            var offset = 20 * Random.Shared.Next(10, 120);
            if (BasePorts.All(port => IsFree(port + offset)))
            {
                return offset;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
