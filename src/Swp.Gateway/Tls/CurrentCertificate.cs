using System.Net.Security;
using Swp.Cluster.Files;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Tls;

/// <summary>
/// The certificate of new connections: read again when its files change. A file that is no good changes nothing. Connections that exist keep the one
/// they were made with.
/// </summary>
internal sealed partial class CurrentCertificate
{
    private readonly TlsOptions _options;
    private readonly SettledContent _content;
    private volatile ServerCertificate _current;
    private readonly LastingProblem _unreadable = new();

    /// <exception cref="StartupException">There is no certificate, or it is no good.</exception>
    public CurrentCertificate(TlsOptions options)
    {
        var files = CertificateFiles.Read(options);
        _options = options;
        _content = new SettledContent(files.Hash);
        _current = files.Load();
    }

    /// <summary>What the next handshake uses.</summary>
    public SslServerAuthenticationOptions Handshake => _current.Handshake;

    /// <summary>Says so when the certificate is not valid now: a server that runs with it helps those who look into that better than none.</summary>
    public void Check(DateTimeOffset now, ILogger logger)
    {
        if (!_current.IsValidAt(now))
        {
            LogNotValid(logger, _current.Subject, _current.NotAfter);
        }
    }

    /// <summary>Takes up what has changed on disk.</summary>
    public void Refresh(DateTimeOffset now, ILogger logger)
    {
        CertificateFiles files;
        try
        {
            files = CertificateFiles.Read(_options);
            _unreadable.Clear();
        }
        catch (StartupException e)
        {
            if (_unreadable.IsNews(e.Message))
            {
                LogRefused(logger, e.Message);
            }

            return;
        }

        if (!_content.HasChanged(files.Hash))
        {
            return;
        }

        try
        {
            Take(files.Load(), now);
            LogReplaced(logger, _current.Subject, _current.NotAfter);
        }
        catch (StartupException e)
        {
            LogRefused(logger, e.Message);
        }
    }

    private void Take(ServerCertificate next, DateTimeOffset now) =>
        _current = next.IsValidAt(now) ? next : throw new StartupException($"Swp:Tls:CertificateFile = {_options.CertificateFile}: the certificate is not valid now.");

    [LoggerMessage(LogLevel.Information, "The certificate was replaced: {Subject}, valid until {NotAfter:u}")]
    private static partial void LogReplaced(ILogger logger, string subject, DateTimeOffset notAfter);

    [LoggerMessage(LogLevel.Warning, "The certificate {Subject} is not valid now; it ends at {NotAfter:u}")]
    private static partial void LogNotValid(ILogger logger, string subject, DateTimeOffset notAfter);

    [LoggerMessage(LogLevel.Error, "The new certificate is refused, the old one stays in force: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
