using Swp.Testing.Processes;
using Swp.Testing.Tokens;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>
/// A standalone server whose <c>caller</c>s need a token, with keys published at a URL, that lets pages of one domain in and logs every request.
/// </summary>
public sealed class GuardedStandaloneFixture : IAsyncLifetime
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "swp";

    public GuardedStandaloneFixture()
    {
        Provider = new JwksServer(Signer);
        Server = SwpProcess.Standalone(
            ("Swp:Types:caller:Authentication", "Token"),
            ("Swp:Tokens:JwksUrl", Provider.Url),
            ("Swp:Tokens:Issuer", Issuer),
            ("Swp:Tokens:Audience", Audience),
            ("Swp:Tokens:ClockSkew", "00:00:00"),
            ("Swp:Tokens:MinRefreshInterval", "00:00:01"),
            ("Swp:AllowedOrigins", "https://*.example.com"),
            ("Serilog:MinimumLevel:Override:Microsoft", "Information"),
            ("Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Hosting.Diagnostics", "Information"));
    }

    /// <summary>Signs the tokens that are good.</summary>
    public TokenSigner Signer { get; } = TokenSigner.Ecdsa("key-1");

    /// <summary>Publishes its key.</summary>
    public JwksServer Provider { get; }

    public SwpProcess Server { get; }

    public async ValueTask InitializeAsync() => await Server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            Assert.Equal(0, await Server.StopAsync());
            Assert.Empty(Server.Log.TakeErrors());
        }
        finally
        {
            await Server.DisposeAsync();
            Provider.Dispose();
            Signer.Dispose();
        }
    }
}
