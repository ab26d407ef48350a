using System.Net;
using System.Net.Sockets;

namespace Swp.Testing.Storage;

/// <summary>
/// A loopback port that nobody has now. It lies below the range from which systems serve outgoing connections, so that none of those gets it
/// before the process it was taken for listens, also while that process is being restarted.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Count = 18_000;

    private static int s_next = Random.Shared.Next(Count);

    public static int Take()
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException) when (attempt < Count)
            {
                // Somebody has it.
            }
        }
    }
}
