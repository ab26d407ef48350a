using System.Security.Authentication;
using Swp.Cluster.Startup;
using Swp.Gateway.Tls;
using Swp.Testing.Certificates;
using Swp.Testing.Logging;
using Swp.Testing.Storage;

namespace Swp.Gateway.Tests.Tls;

public sealed class CurrentCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryDirectory _directory = new();
    private readonly RecordingLogger _log = new();
    private readonly TestCertificate _first = new("first");
    private readonly TestCertificate _second = new("second");

    private string CertificateFile => Path.Combine(_directory.Path, "tls.crt");

    private string KeyFile => Path.Combine(_directory.Path, "tls.key");

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Pem_WithItsKeyInTheSameFile()
    {
        File.WriteAllText(CertificateFile, _first.KeyPem + _first.Pem);
        var current = new CurrentCertificate(new TlsOptions { CertificateFile = CertificateFile });
        Assert.Equal(_first.Hash, HashOf(current));
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, current.Handshake.EnabledSslProtocols);
    }

    [Fact]
    public void Pem_WithItsKeyBehindAPassword()
    {
        File.WriteAllText(CertificateFile, _first.Pem);
        File.WriteAllText(KeyFile, _first.EncryptedKeyPem("secret"));
        Assert.Equal(_first.Hash, HashOf(new CurrentCertificate(new TlsOptions { CertificateFile = CertificateFile, KeyFile = KeyFile, Password = "secret" })));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    public void Pfx_WithAndWithoutAPassword(string? password)
    {
        File.WriteAllBytes(CertificateFile, _first.Pfx(password));
        Assert.Equal(_first.Hash, HashOf(new CurrentCertificate(new TlsOptions { CertificateFile = CertificateFile, Password = password })));
    }

    [Fact]
    public void Pem_WithItsChain_ShowsTheChainToo()
    {
        using var leaf = new TestCertificate("leaf", notAfter: Now.AddHours(12), issuer: _first);
        File.WriteAllText(CertificateFile, leaf.Pem + _first.Pem);
        File.WriteAllText(KeyFile, leaf.KeyPem);
        var current = new CurrentCertificate(new TlsOptions { CertificateFile = CertificateFile, KeyFile = KeyFile });
        Assert.Equal(leaf.Hash, HashOf(current));
    }

    [Fact]
    public void NoCertificate_StopsTheStartInWords()
    {
        Assert.Contains("is missing", Failure(), StringComparison.Ordinal);
        Assert.Contains("tls.crt", Failure(CertificateFile), StringComparison.Ordinal);

        File.WriteAllText(CertificateFile, "no certificate");
        Assert.Contains("Swp:Tls:CertificateFile", Failure(CertificateFile), StringComparison.Ordinal);

        File.WriteAllText(CertificateFile, _first.Pem);
        File.WriteAllText(KeyFile, _second.KeyPem);
        Assert.Contains("Swp:Tls:CertificateFile", Failure(CertificateFile), StringComparison.Ordinal);
        Assert.Contains("Swp:Tls:CertificateFile", Failure(CertificateFile, KeyFile), StringComparison.Ordinal);

        File.WriteAllBytes(CertificateFile, _first.Pfx("secret"));
        var message = Failure(CertificateFile, password: "wrong-secret");
        Assert.Contains("Swp:Tls:CertificateFile", message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANewCertificate_IsTakenOnceItHasSettled_AndToldOnce()
    {
        var current = Start();
        Write(_second);
        Look(current);
        Assert.Equal(_first.Hash, HashOf(current));
        Look(current, times: 3);
        Assert.Equal(_second.Hash, HashOf(current));
        Assert.Matches("^Information: The certificate was replaced: CN=second, valid until ", Assert.Single(Lines));
    }

    [Fact]
    public void ACertificateBeforeItsKey_IsNoProblem()
    {
        var current = Start();
        File.WriteAllText(CertificateFile, _second.Pem);
        Look(current);
        File.WriteAllText(KeyFile, _second.KeyPem);
        Look(current, times: 2);
        Assert.Equal(_second.Hash, HashOf(current));
        Assert.Single(Lines);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("")]
    [InlineData(null)]
    public void ABadFile_LeavesTheOldCertificateAndIsToldOnce_UntilItIsGoodAgain(string? content)
    {
        var current = Start();
        if (content is null)
        {
            File.Delete(CertificateFile);
        }
        else
        {
            File.WriteAllText(CertificateFile, content);
        }

        Look(current, times: 5);
        Assert.Equal(_first.Hash, HashOf(current));
        Assert.StartsWith("Error: The new certificate is refused, the old one stays in force: Swp:Tls:CertificateFile", Assert.Single(Lines), StringComparison.Ordinal);

        Write(_second);
        Look(current, times: 2);
        Assert.Equal(_second.Hash, HashOf(current));
    }

    [Fact]
    public void AnExpiredCertificate_DoesNotReplaceAGoodOne()
    {
        var current = Start();
        using var expired = new TestCertificate("expired", notAfter: Now.AddMinutes(-1));
        Write(expired);
        Look(current, times: 3);
        Assert.Equal(_first.Hash, HashOf(current));
        Assert.Contains("is not valid now", Assert.Single(Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void AStartWithAnExpiredCertificate_IsWarnedOf()
    {
        var current = Start();
        current.Check(Now.AddDays(2), _log);
        Assert.StartsWith("Warning: The certificate CN=first is not valid now", Assert.Single(Lines), StringComparison.Ordinal);
    }

    /// <summary>As Kubernetes does it: <c>tls.crt → ..data/tls.crt</c>, and <c>..data</c> is replaced.</summary>
    [Fact]
    public void ALinkThatIsSwapped_IsSeen()
    {
        using var secret = new MountedSecret();
        secret.Write(("tls.crt", _first.Pem), ("tls.key", _first.KeyPem));
        var current = new CurrentCertificate(new TlsOptions { CertificateFile = secret["tls.crt"], KeyFile = secret["tls.key"] });
        Assert.Equal(_first.Hash, HashOf(current));

        secret.Write(("tls.crt", _second.Pem), ("tls.key", _second.KeyPem));
        Look(current, times: 2);
        Assert.Equal(_second.Hash, HashOf(current));
    }

    private string[] Lines => [.. _log.Lines.Select(line => line.Line)];

    private static string HashOf(CurrentCertificate current) => current.Handshake.ServerCertificateContext!.TargetCertificate.GetCertHashString();

    private static string Failure(string? certificate = null, string? key = null, string? password = null) =>
        Assert.Throws<StartupException>(() => new CurrentCertificate(new TlsOptions { CertificateFile = certificate, KeyFile = key, Password = password })).Message;

    private CurrentCertificate Start()
    {
        Write(_first);
        return new CurrentCertificate(new TlsOptions { CertificateFile = CertificateFile, KeyFile = KeyFile });
    }

    private void Write(TestCertificate certificate)
    {
        File.WriteAllText(CertificateFile, certificate.Pem);
        File.WriteAllText(KeyFile, certificate.KeyPem);
    }

    private void Look(CurrentCertificate current, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            current.Refresh(Now, _log);
        }
    }
}
