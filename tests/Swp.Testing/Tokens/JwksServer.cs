using System.Net;
using System.Text;
using Swp.Testing.Storage;

namespace Swp.Testing.Tokens;

/// <summary>Publishes keys by HTTP, as an identity provider does, and counts who asks.</summary>
public sealed class JwksServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private int _requests;

    public JwksServer(params IEnumerable<TokenSigner> signers)
    {
        Url = $"http://127.0.0.1:{FreePort.Take()}/jwks";
        _listener.Prefixes.Add($"{Url}/");
        Publish(signers);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What is published.</summary>
    public string Document { get; set; } = "";

    /// <summary>What every request is answered with.</summary>
    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>How often it was asked.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>These keys and no others.</summary>
    public void Publish(params IEnumerable<TokenSigner> signers) => Document = TokenSigner.Jwks(signers);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                Interlocked.Increment(ref _requests);
                context.Response.StatusCode = (int)Status;
                if (Status == HttpStatusCode.Redirect)
                {
                    context.Response.RedirectLocation = Url;
                }

                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Document));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // It was closed.
        }
    }
}
