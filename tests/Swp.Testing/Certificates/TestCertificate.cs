using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Swp.Testing.Certificates;

/// <summary>A certificate made for a test, with its key.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    /// <param name="name">Its subject.</param>
    /// <param name="notAfter">When it ends; in a day, unless told otherwise.</param>
    /// <param name="issuer">Who has signed it; it signs itself unless told otherwise.</param>
    public TestCertificate(string name, DateTimeOffset? notAfter = null, TestCertificate? issuer = null)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: issuer is null, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var end = notAfter ?? TimeProvider.System.GetUtcNow().AddDays(1);
        var start = end.AddDays(-10);
        _certificate = issuer is null
            ? request.CreateSelfSigned(start, end)
            : request.Create(issuer._certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer._key), start, end, [1, 2, 3, 4]);
    }

    /// <summary>By which it is known.</summary>
    public string Hash => _certificate.GetCertHashString();

    /// <summary>The certificate in PEM.</summary>
    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>The key in PEM.</summary>
    public string KeyPem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The key in PEM, behind a password.</summary>
    public string EncryptedKeyPem(string password) =>
        _key.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)) + "\n";

    /// <summary>Both in PKCS #12.</summary>
    public byte[] Pfx(string? password)
    {
        using var both = _certificate.HasPrivateKey ? X509CertificateLoader.LoadPkcs12(_certificate.Export(X509ContentType.Pkcs12), null) : _certificate.CopyWithPrivateKey(_key);
        return both.Export(X509ContentType.Pkcs12, password);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
