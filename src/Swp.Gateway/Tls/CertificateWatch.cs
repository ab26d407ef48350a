namespace Swp.Gateway.Tls;

/// <summary>Looks whether the certificate has changed on disk.</summary>
internal sealed class CertificateWatch(CurrentCertificate certificate, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService
{
    /// <summary>Between two looks. A change counts at the second one that sees it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        certificate.Check(time.GetUtcNow(), logger);
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            certificate.Refresh(time.GetUtcNow(), logger);
        }
    }
}
