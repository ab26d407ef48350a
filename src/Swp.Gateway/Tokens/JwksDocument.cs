namespace Swp.Gateway.Tokens;

/// <summary>Keys that are published at a URL.</summary>
internal sealed class JwksDocument(string setting, Uri url, HttpClient http, TimeProvider time) : IKeySource
{
    public const int MaxBytes = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Setting => setting;

    public async ValueTask<VerificationKey[]> ReadAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var response = await http.GetAsync(url, ending.Token);
            return response.IsSuccessStatusCode
                ? KeyReader.ReadJwks(await response.Content.ReadAsStringAsync(ending.Token), published: true)
                : throw new KeyException($"it was answered with HTTP {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KeyException($"there is no answer within {Patience.TotalSeconds:0} s.", e);
        }
        catch (HttpRequestException e)
        {
            throw new KeyException(e.Message, e);
        }
    }

    /// <summary>What documents are fetched with. A redirect is not followed: the address is part of what is trusted.</summary>
    public static HttpClient CreateHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        MaxResponseContentBufferSize = MaxBytes,
    };
}
