using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Swp.Devices;

/// <summary>From a URL to a WebSocket that speaks <c>swp.v1</c>.</summary>
internal static class Handshake
{
    public const string SubProtocol = "swp.v1";

    /// <exception cref="HandshakeException">The server cannot be reached, or does not want to.</exception>
    public static async Task<ClientWebSocket> ConnectAsync(DeviceClientOptions options, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        socket.Options.CollectHttpResponseDetails = true;
        if (options.Origin is { } origin)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        // A peer whose network is gone sends no FIN: only an unanswered ping tells.
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(30);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);

        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(options.Url, either.Token);
            socket.HttpResponseHeaders = null;
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new HandshakeException($"{ServerUrl.Show(options.Url)} {Describe(e, socket)}", ReadRetryAfter(socket, options.Time), e);
        }
    }

    private static string Describe(Exception e, ClientWebSocket socket) => e switch
    {
        OperationCanceledException => "did not answer in time",
        _ when socket.HttpStatusCode != 0 => $"answered HTTP {(int)socket.HttpStatusCode}",
        _ when e.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "refused the connection",
        _ => $"cannot be reached ({e.GetBaseException().Message})",
    };

    private static TimeSpan? ReadRetryAfter(ClientWebSocket socket, TimeProvider time) =>
        socket.HttpStatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
        && socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) == true
            ? RetryAfter.Parse(values.FirstOrDefault(), time.GetUtcNow())
            : null;
}
