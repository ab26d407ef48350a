using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Swp.Testing.Operations;

/// <summary>The server API and the health of one member, over HTTP.</summary>
/// <param name="address">Where the member listens.</param>
/// <param name="connect">Makes the connections, where the address is one that only the member itself can reach.</param>
public sealed class OperationsApi(Uri address, Func<IPEndPoint, CancellationToken, Task<Socket>>? connect = null) : IDisposable
{
    private readonly HttpClient _http = new(NewHandler(connect))
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(100),
    };

    public Uri Address => address;

    /// <summary>The API key it presents; none at first.</summary>
    public string? Key { get; set; }

    /// <summary>Connects as this does, for who wants to ask in another way.</summary>
    public SocketsHttpHandler NewHandler() => NewHandler(connect);

    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? json = null) => SendAsync(method, path, json, CancellationToken.None);

    /// <summary>Sends a body that need not be JSON.</summary>
    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent content) => SendAsync(method, path, content, CancellationToken.None);

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    /// <summary>Asks a client. <paramref name="data"/> is JSON.</summary>
    public Task<ApiAnswer> CallAsync(
        string type,
        string id,
        string data = "\"?\"",
        int timeoutMs = 10_000,
        int waitForConnectMs = 0,
        bool idempotent = false) =>
        PostAsync(
            $"{PathOf(type, id)}/requests",
            $$"""{"data":{{data}},"timeoutMs":{{timeoutMs}},"waitForConnectMs":{{waitForConnectMs}},"idempotent":{{JsonSerializer.Serialize(idempotent)}}}""");

    /// <summary>A call that the caller may give up. Starts when its answer is first asked for.</summary>
    public ApiCall BeginCall(string type, string id, int timeoutMs) =>
        new(cancellationToken => SendAsync(HttpMethod.Post, $"{PathOf(type, id)}/requests", $$"""{"timeoutMs":{{timeoutMs}}}""", cancellationToken));

    /// <summary>Sends a client a message. <paramref name="data"/> is JSON.</summary>
    public Task<ApiAnswer> MessageAsync(string type, string id, string data = "\"!\"") =>
        PostAsync($"{PathOf(type, id)}/messages", $$"""{"data":{{data}}}""");

    /// <summary>What is known of a client.</summary>
    public Task<ApiAnswer> StatusAsync(string type, string id) => GetAsync(PathOf(type, id));

    /// <summary>Keeps a client out. <paramref name="ban"/> is JSON; none for ever.</summary>
    public Task<ApiAnswer> BanAsync(string type, string id, string? ban = null) => SendAsync(HttpMethod.Put, $"{PathOf(type, id)}/ban", ban);

    /// <summary>Lets a client in again.</summary>
    public Task<ApiAnswer> UnbanAsync(string type, string id) => SendAsync(HttpMethod.Delete, $"{PathOf(type, id)}/ban");

    /// <summary>Closes a client's connection.</summary>
    public Task<ApiAnswer> DisconnectAsync(string type, string id) => SendAsync(HttpMethod.Delete, $"{PathOf(type, id)}/connection");

    /// <summary>A page of who is connected.</summary>
    public Task<ApiAnswer> ListAsync(string? type = null, string? cursor = null, int? limit = null) =>
        GetAsync($"/api/v1/clients?type={type}&cursor={cursor}&limit={limit}");

    /// <summary>Sends every connected client of a type a message. <paramref name="data"/> is JSON.</summary>
    public Task<ApiAnswer> BroadcastAsync(string type, string data = "\"!\"") => PostAsync($"/api/v1/types/{type}/messages", $$"""{"data":{{data}}}""");

    /// <summary>Calls as the ancestor's callers do.</summary>
    public Task<ApiAnswer> CallerCallAsync(string json) => PostAsync("/web/wss/caller/call", json);

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler NewHandler(Func<IPEndPoint, CancellationToken, Task<Socket>>? connect) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,

        // A test's certificates are its own.
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },

        // A body that nobody wants is not sent into a connection that is being closed, however slow the machine is.
        Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
        ConnectCallback = connect is null
            ? null
            : async (context, cancellationToken) =>
            {
                var endpoint = new IPEndPoint(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port);
                return new NetworkStream(await connect(endpoint, cancellationToken), ownsSocket: true);
            },
    };

    private static string PathOf(string type, string id) => $"/api/v1/clients/{Uri.EscapeDataString(type)}/{Uri.EscapeDataString(id)}";

    private Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken) =>
        SendAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), cancellationToken);

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };

        // A server that does not want so much says so before it is sent.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        if (Key is not null)
        {
            request.Headers.Add("X-Api-Key", Key);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return new ApiAnswer(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(cancellationToken),
            response.Headers);
    }
}
