using Swp.Cli.Api;
using Swp.Cli.Devices;
using Swp.Devices;

namespace Swp.Cli.Doctoring;

/// <summary>Can a client come in by the clients' address? One without an id tries, and so never becomes anybody.</summary>
internal static class ConnectCheck
{
    private const int Unauthorized = 4501;
    private const int UnknownType = 4500;
    private const int ForbiddenOrigin = 4504;
    private const int ProtocolError = 4507;

    public static async Task RunAsync(Visit visit, Findings findings, CancellationToken cancellationToken)
    {
        var type = visit.Type ?? visit.Types?.Types.FirstOrDefault()?.Name ?? "caller";
        var url = DeviceUrl.Of(visit.Run.WebSocketUrl, type);
        var whose = visit.Origin is { } origin ? $"a page of {origin} as a client" : "a client";
        var end = await TryAsync(url, visit, cancellationToken);
        switch (end.CloseCode)
        {
            case ProtocolError or Unauthorized:
                findings.Ok($"{ServerApi.Show(url)} lets {whose} of type '{type}' in, as far as OPEN.");
                break;
            case UnknownType:
                findings.Problem($"{ServerApi.Show(url)} does not know the type '{type}' (4500).", "Its clients are sent away for good.", "Correct the type, or serve it in the owners' program.");
                break;
            case ForbiddenOrigin:
                findings.Problem(
                    $"{ServerApi.Show(url)} lets no page of {visit.Origin ?? "another machine"} in (4504).",
                    "Browsers that show this page cannot connect, and are told to stay away.",
                    $"Add it to Swp:AllowedOrigins of every gateway, for example Swp__AllowedOrigins={visit.Origin}. By default only pages of the same machine may connect.");
                break;
            default:
                findings.Problem(
                    $"Clients cannot come in by {ServerApi.Show(url)}: {end.Reason}.",
                    "They try again and again, and calls to them end as not_connected.",
                    "Is this the clients' address (--ws-url; Swp:Listen:Clients, 8081 unless configured)? HTTP 503 means that the gateway drains, has no owner, or is full (Swp:MaxConnections, Swp:MaxUnopened).");
                break;
        }
    }

    private static async Task<ConnectionEnd> TryAsync(Uri url, Visit visit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ConnectionEnd? first = null;
        var client = new DeviceClient(new DeviceClientOptions { Url = url, ClientId = "", Origin = visit.Origin, Time = visit.Run.Console.Time })
        {
            OnClosed = end =>
            {
                first ??= end;
                stop.Cancel();
            },
        };
        await client.RunAsync(stop.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return first ?? new ConnectionEnd("nothing came of it");
    }
}
