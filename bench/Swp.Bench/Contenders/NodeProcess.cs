using System.Net;
using System.Net.Sockets;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Bench.Contenders;

/// <summary>A bench program as a process: serves on one port, and says there when it is ready.</summary>
internal sealed class NodeProcess : TestProcess
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    private NodeProcess(string name, int port, IEnumerable<string> command)
        : base(name, [.. command])
    {
        Port = port;
    }

    public int Port { get; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    public Uri Url => new($"http://{EndPoint}");

    /// <summary>Starts a node and waits until it serves.</summary>
    /// <param name="topology">Which it becomes part of.</param>
    /// <param name="name">For messages.</param>
    /// <param name="command">The program and its arguments, given its port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<NodeProcess> StartAsync(Topology topology, string name, Func<int, IEnumerable<string>> command, CancellationToken cancellationToken)
    {
        var port = FreePort.Take();
        var node = new NodeProcess(name, port, command(port));
        node.Launch();
        topology.Own(node, node.Id);
        var started = TimeProvider.System.GetTimestamp();
        while (!await node.IsReadyAsync(cancellationToken))
        {
            if (!node.IsRunning || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"{name} does not get ready:\n{node.Log.Text}");
            }

            await Task.Delay(50, cancellationToken);
        }

        return node;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Url, "/bench/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
