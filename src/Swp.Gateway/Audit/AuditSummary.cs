namespace Swp.Gateway.Audit;

/// <summary>Has the refusals that were only counted written down, once a minute and at the end.</summary>
internal sealed class AuditSummary(AuditLog audit, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                audit.SumUp();
            }
        }
        finally
        {
            audit.SumUp();
        }
    }
}
