using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Swp.Gateway.Tls;

/// <summary>A certificate with its key and chain, ready for handshakes.</summary>
internal sealed class ServerCertificate
{
    private readonly X509Certificate2 _leaf;

    private ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection chain)
    {
        _leaf = leaf;
        Handshake = new SslServerAuthenticationOptions
        {
            // Offline: a handshake waits for nobody's server.
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
    }

    /// <summary>The options of every handshake that it is used for.</summary>
    public SslServerAuthenticationOptions Handshake { get; }

    public string Subject => _leaf.Subject;

    public DateTimeOffset NotAfter => _leaf.NotAfter;

    /// <summary>Takes the certificate that has its key as the server's own, and the others as its chain.</summary>
    /// <exception cref="ArgumentException">None has its key.</exception>
    public static ServerCertificate From(X509Certificate2Collection all)
    {
        var leaf = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new ArgumentException("No certificate in it has its private key.");
        return new ServerCertificate(leaf, [.. all.Where(certificate => certificate != leaf)]);
    }

    /// <summary>Whether it is valid at a time.</summary>
    public bool IsValidAt(DateTimeOffset time) => _leaf.NotBefore <= time && time <= _leaf.NotAfter;
}
