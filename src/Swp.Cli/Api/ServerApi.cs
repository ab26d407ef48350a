using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Swp.Cli.Api;

/// <summary>The operations address of a member: server API, health, metrics.</summary>
internal sealed class ServerApi : IDisposable
{
    /// <summary>How long anything but a call may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly string? _key;
    private readonly TimeProvider _time;

    /// <param name="address">Where it is.</param>
    /// <param name="key">The API key, if there is one.</param>
    /// <param name="time">The clock.</param>
    public ServerApi(Uri address, string? key, TimeProvider time)
    {
        Address = address;
        _key = key;
        _time = time;

        // A key is not taken where a redirection leads.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectPatience })
        {
            BaseAddress = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    public Uri Address { get; }

    /// <summary>Asks, and takes whatever is answered.</summary>
    /// <exception cref="ServerUnreachableException">No answer came.</exception>
    /// <exception cref="InterruptedException">It was waited for no longer.</exception>
    public async Task<ApiReply> AskAsync(HttpMethod method, string path, string? json, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        if (_key is not null)
        {
            request.Headers.Add("X-Api-Key", _key);
        }

        if (json is not null)
        {
            request.Content = new NotedContent(json);
        }

        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return new ApiReply(response.StatusCode, await response.Content.ReadAsStringAsync(either.Token), response.Headers.Date);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(MayHaveArrived(request), e, cancellationToken);
        }
        catch (OperationCanceledException e) when (!timeout.IsCancellationRequested || !MayHaveArrived(request))
        {
            throw new ServerUnreachableException($"{Show(Address)} cannot be reached: no connection came about within {ConnectPatience.TotalSeconds:0} s.", mayHaveArrived: false, e);
        }
        catch (OperationCanceledException e)
        {
            throw new ServerUnreachableException($"{Show(Address)} did not answer within {limit.TotalSeconds:0} s.", mayHaveArrived: true, e);
        }
        catch (HttpRequestException e)
        {
            throw new ServerUnreachableException($"{Show(Address)} {Describe(e)}.", MayHaveArrived(e), e);
        }
    }

    /// <summary>Asks, and takes success only.</summary>
    /// <exception cref="ServerUnreachableException">No answer came.</exception>
    /// <exception cref="ProblemException">The answer was no success.</exception>
    public async Task<ApiReply> DoAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(method, path, json, Patience, cancellationToken);
        return reply.IsSuccess ? reply : throw new ProblemException(reply.ToProblem(), reply.Text);
    }

    /// <summary>Reads something.</summary>
    /// <exception cref="ServerUnreachableException">No answer came.</exception>
    /// <exception cref="ProblemException">The answer was no success.</exception>
    public Task<ApiReply> GetAsync(string path, CancellationToken cancellationToken) => DoAsync(HttpMethod.Get, path, json: null, cancellationToken);

    /// <summary>The types and how many of each are connected.</summary>
    /// <exception cref="ServerUnreachableException">No answer came.</exception>
    /// <exception cref="ProblemException">The answer was no success.</exception>
    public async Task<ClientTypes> GetTypesAsync(CancellationToken cancellationToken) =>
        (await GetAsync("api/v1/types", cancellationToken)).Read(ApiJson.Default.ClientTypes);

    /// <summary>An address without what may be secret in it.</summary>
    public static string Show(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public void Dispose() => _http.Dispose();

    // What has content is written only once there is a connection.
    private static bool MayHaveArrived(HttpRequestMessage request) => request.Content is not NotedContent { WasWritten: false };

    private static bool MayHaveArrived(HttpRequestException e) =>
        e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);

    private static string Describe(HttpRequestException e) => e switch
    {
        _ when e.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "refuses the connection: nothing listens there",
        { HttpRequestError: HttpRequestError.NameResolutionError } => "has a name that is not known",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => e.GetBaseException() is AuthenticationException trust ? $"cannot be trusted: {trust.Message.TrimEnd('.')}" : "does not speak https",
        { HttpRequestError: HttpRequestError.ConnectionError } => $"cannot be reached: {e.GetBaseException().Message.TrimEnd('.')}",
        _ => $"broke the connection off: {e.GetBaseException().Message.TrimEnd('.')}",
    };
}
