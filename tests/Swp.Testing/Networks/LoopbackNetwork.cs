using System.Net;
using System.Net.Sockets;

namespace Swp.Testing.Networks;

/// <summary>Members side by side on the machine's loopback address.</summary>
public sealed class LoopbackNetwork : IMemberNetwork
{
    public static readonly LoopbackNetwork Instance = new();

    private LoopbackNetwork()
    {
    }

    public IPAddress HostAddress => IPAddress.Loopback;

    public IPAddress AddressOf(string member) => IPAddress.Loopback;

    public IReadOnlyList<string> CommandPrefixOf(string member) => [];

    public async Task<Socket> ConnectAsync(string member, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = NetworkNamespace.NewSocket();
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
