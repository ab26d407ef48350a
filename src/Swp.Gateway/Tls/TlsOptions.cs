using Swp.Cluster.Startup;

namespace Swp.Gateway.Tls;

/// <summary>The certificate of listeners that speak <c>https</c>: the section <c>Swp:Tls</c>. Files are read again when they change.</summary>
public sealed class TlsOptions
{
    /// <summary>The certificate and its chain: PEM, or PKCS #12 (<c>.pfx</c>). Read again when it changes.</summary>
    [Setting("path", Range = "up to 1 MiB", Default = "none; required with `https`")]
    public string? CertificateFile { get; set; }

    /// <summary>The private key in PEM. The default is the one in <see cref="CertificateFile"/>.</summary>
    [Setting("path", Default = "the one in `CertificateFile`")]
    public string? KeyFile { get; set; }

    /// <summary>The password of the private key, or of the PKCS #12 file.</summary>
    [Setting("text")]
    public string? Password { get; set; }
}
