using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Tls;

/// <summary>What the files hold: read first, then made into what a handshake uses, so that a change can be told by its content.</summary>
internal sealed class CertificateFiles
{
    private const string Setting = "Swp:Tls:CertificateFile";
    private const int MaxFileBytes = 1024 * 1024;

    private readonly TlsOptions _options;
    private readonly byte[] _certificate;
    private readonly byte[]? _key;

    private CertificateFiles(TlsOptions options)
    {
        _options = options;
        _certificate = Read(options.CertificateFile!);
        _key = options.KeyFile is { } key ? Read(key) : null;
    }

    /// <summary>A hash of all of it.</summary>
    public byte[] Hash => SHA256.HashData([.. SHA256.HashData(_certificate), .. SHA256.HashData(_key ?? [])]);

    private bool IsPem => Encoding.Latin1.GetString(_certificate).Contains("-----BEGIN ", StringComparison.Ordinal);

    /// <summary>Reads the files.</summary>
    /// <exception cref="StartupException">They cannot be read.</exception>
    public static CertificateFiles Read(TlsOptions options)
    {
        if (string.IsNullOrEmpty(options.CertificateFile))
        {
            throw new StartupException($"{Setting} is missing: a listener that speaks https needs a certificate, in PEM or PKCS #12.");
        }

        try
        {
            return new CertificateFiles(options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"{Setting} = {options.CertificateFile}: {e.Message}", e);
        }
    }

    /// <summary>Makes the certificate of them.</summary>
    /// <exception cref="StartupException">They are none, or not with their key.</exception>
    public ServerCertificate Load()
    {
        try
        {
            return ServerCertificate.From(IsPem ? LoadPem() : X509CertificateLoader.LoadPkcs12Collection(_certificate, _options.Password));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or InvalidOperationException)
        {
            throw new StartupException($"{Setting} = {_options.CertificateFile}: {e.Message}", e);
        }
    }

    private X509Certificate2Collection LoadPem()
    {
        var certificate = Encoding.UTF8.GetString(_certificate);
        var key = _key is null ? certificate : Encoding.UTF8.GetString(_key);
        using var pem = _options.Password is { Length: > 0 } password
            ? X509Certificate2.CreateFromEncryptedPem(certificate, key, password)
            : X509Certificate2.CreateFromPem(certificate, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificate);

        // Through PKCS #12: not every system's TLS takes a key that was never stored.
        all[0] = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
        return all;
    }

    private static byte[] Read(string path)
    {
        using var file = File.OpenRead(path);
        var content = new byte[MaxFileBytes + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length > MaxFileBytes ? throw new IOException($"{path} is larger than {MaxFileBytes} bytes.") : content[..length];
    }
}
