using System.Net;
using System.Net.Sockets;

namespace Swp.Testing.Storage;

/// <summary>A loopback port that nobody has now.</summary>
public static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
