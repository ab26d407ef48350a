using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Swp.Cluster.Connections;

/// <summary>
/// Ends a connection between members once the other end has not acknowledged what was sent to it for so long. Without it, TCP sends again after twice
/// the time each time, up to two minutes: a network that is whole again would stay unused for as long as it was cut.
/// </summary>
internal sealed partial class AcknowledgementLimit(TimeSpan limit, ILogger logger)
{
    private const int IpProtocolTcp = 6;
    private const int TcpUserTimeout = 18;

    /// <summary>Sets the limit on every connection that passes here.</summary>
    public void AddTo(IConnectionBuilder builder) => builder.Use(next => connection =>
    {
        Set(connection);
        return next(connection);
    });

    private void Set(ConnectionContext connection)
    {
        // Only Linux has it. The runtime does not hand out its sockets, and has no setting for this.
        if (!OperatingSystem.IsLinux()
            || connection.GetType().GetField("_socket", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(connection) is not Socket socket)
        {
            return;
        }

        try
        {
            socket.SetRawSocketOption(IpProtocolTcp, TcpUserTimeout, BitConverter.GetBytes((int)limit.TotalMilliseconds));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            LogNotSet(logger, connection.RemoteEndPoint, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "The connection with {Remote} has no limit for what is not acknowledged: {Reason}")]
    private static partial void LogNotSet(ILogger logger, EndPoint? remote, string reason);
}
