using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Features;
using Swp.Cluster.Diagnostics;
using Swp.Gateway.Admission;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Handshakes;
using Swp.Gateway.Health;
using Swp.Gateway.Origins;
using Swp.Gateway.Tokens;
using Swp.Gateway.Types;
using Swp.Overview;
using Swp.Protocol;

namespace Swp.Gateway.Connections;

/// <summary>HTTP in: check, accept, construct, run.</summary>
internal sealed partial class WebSocketEndpoint(
    ConnectionServices services,
    ClientTypeDirectory types,
    PendingHandshakes handshakes,
    GatewayState state,
    AllowedOrigins origins,
    ConnectionAdmission admission,
    ILogger<WebSocketEndpoint> logger)
{
    public const string SubProtocol = "swp.v1";

    private const string ForbiddenOrigin = "forbidden_origin";

    private static readonly string[] RejectionNames = [.. EnumLabels.Of<HandshakeRejection>()];

    private readonly LogPace _pace = new(services.Time);

    public async Task HandleAsync(HttpContext context, string type)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            Reject(context, HandshakeRejection.NotWebSocket);
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            await context.Response.WriteAsync("This is a WebSocket endpoint: connect with a WebSocket client that speaks swp.v1.\n", context.RequestAborted);
            return;
        }

        if (!state.IsReady)
        {
            Reject(context, HandshakeRejection.NotReady);
            await ComeBackAsync(context, TimeSpan.FromSeconds(1), $"This node is not ready ({state.Description}): try again after the seconds in Retry-After.");
            return;
        }

        if (!admission.TryEnter(context.Connection.RemoteIpAddress, out var entered, out var refusal))
        {
            Reject(context, refusal.Reason);
            await ComeBackAsync(context, refusal.RetryAfter, refusal.Message);
            return;
        }

        using var ticket = entered;
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(offered.Contains(SubProtocol) ? SubProtocol : null);
        handshakes.Remove(context);

        // A browser's script cannot see an HTTP status, but it sees a close code.
        if (!origins.Allows(context.Request.Headers.Origin))
        {
            if (_pace.TryTake(out var skipped))
            {
                LogForeign(logger, Origin.TryParse(context.Request.Headers.Origin.ToString(), out var foreign) ? foreign.ToString() : "what is no origin", skipped);
            }

            await RefuseAsync(context, socket, CloseCode.ForbiddenOrigin, ForbiddenOrigin);
            return;
        }

        if (types.Find(type) is not { } description)
        {
            await RefuseAsync(context, socket, CloseCode.UnknownClientType, ErrorCodes.UnknownClientType);
            return;
        }

        var connection = new Connection(
            services.Connections.NextId(),
            socket,
            description,
            AddressOf(context),
            HandshakeToken.Take(context),
            services) { Ticket = ticket, Source = (context.Features.Get<IHttpUpgradeFeature>() as FairUpgrade)?.Stream };
        await connection.RunAsync();
    }

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private static Task ComeBackAsync(HttpContext context, TimeSpan after, string message)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsync($"{message}\n", context.RequestAborted);
    }

    private void Reject(HttpContext context, HandshakeRejection reason)
    {
        services.Instruments.Rejected.Add((int)reason);
        services.Refusals.Add(RefusalKind.Handshake, RejectionNames[(int)reason], type: null, AddressOf(context));
    }

    private async Task RefuseAsync(HttpContext context, WebSocket socket, CloseCode code, string reason)
    {
        services.Instruments.Of(type: null).OnClosing(code);
        services.Refusals.Add(RefusalKind.Handshake, reason, type: null, AddressOf(context));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), services.Time);
        try
        {
            await socket.CloseAsync((WebSocketCloseStatus)code, code.ToReason(), patience.Token);
        }
        catch (Exception e) when (WebSocketTransport.IsGone(e))
        {
            // It did not wait for the answer.
        }
    }

    [LoggerMessage(LogLevel.Information, "A page of {Origin} is not let in, Swp:AllowedOrigins does not name it ({Skipped} more like it since the last such line)")]
    private static partial void LogForeign(ILogger logger, string origin, long skipped);
}
