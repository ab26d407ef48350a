using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Certificates;
using Swp.Testing.Processes;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Access;

/// <summary>Sockets and calls over TLS, and a certificate that is replaced under them.</summary>
public sealed class TlsTests : EndToEndTest
{
    private const string Refused = "The new certificate is refused, the old one stays in force: ";

    [Fact]
    public async Task A_certificate_is_replaced_while_connections_live()
    {
        using var first = new TestCertificate("first");
        using var second = new TestCertificate("second");
        using var secret = new MountedSecret();
        Write(secret, first);
        var server = Own(SwpProcess.Standalone(
            ("Swp:Listen:Clients", $"https://127.0.0.1:{FreePort.Take()}"),
            ("Swp:Listen:Operations", $"https://127.0.0.1:{FreePort.Take()}"),
            ("Swp:Tls:CertificateFile", secret["tls.crt"]),
            ("Swp:Tls:KeyFile", secret["tls.key"])));
        await server.StartAsync();
        await server.WaitForOutputAsync("wss://127.0.0.1:");
        var old = await Own(server.OpenAsync("caller", "1"));
        Assert.Equal(first.Hash, old.ServerCertificate);

        Write(secret, second);
        await server.WaitForOutputAsync("The certificate was replaced: CN=second");

        var young = await Own(server.OpenAsync("caller", "2"));
        Assert.Equal(second.Hash, young.ServerCertificate);
        Assert.True(old.IsConnected);
        Assert.Equal("\"still here\"", (await old.QueryAsync("\"still here\"")).RawData);

        // A bad one changes nothing, and is told once.
        secret.Write(("tls.crt", "rubbish"), ("tls.key", second.KeyPem));
        await server.WaitForOutputAsync(Refused);
        var later = await Own(server.OpenAsync("caller", "3"));
        Assert.Equal(second.Hash, later.ServerCertificate);
        old.AutoAnswer();
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", "1")).Outcome);
        Write(secret, first);
        await Eventually.True(() => server.Log.Text.Contains("The certificate was replaced: CN=first", StringComparison.Ordinal));
        Assert.Equal(2, server.Log.Text.Split(Refused).Length);
    }

    [Fact]
    public async Task Who_speaks_no_TLS_to_it_is_told_nothing()
    {
        using var certificate = new TestCertificate("only");
        using var secret = new MountedSecret();
        Write(secret, certificate);
        var port = FreePort.Take();
        var server = Own(SwpProcess.Standalone(
            ("Swp:Listen:Clients", $"https://127.0.0.1:{port}"),
            ("Swp:Tls:CertificateFile", secret["tls.crt"]),
            ("Swp:Tls:KeyFile", secret["tls.key"])));
        await server.StartAsync();
        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync($"http://127.0.0.1:{port}/wss/caller", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await server.Operations.GetAsync("/health/live")).Status);
    }

    protected override bool IsExpected(string error) => error.Contains(Refused, StringComparison.Ordinal);

    private static void Write(MountedSecret secret, TestCertificate certificate) => secret.Write(("tls.crt", certificate.Pem), ("tls.key", certificate.KeyPem));
}
