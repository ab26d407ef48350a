namespace Swp.Gateway.Connections;

/// <summary>One clock for all sockets: opening, idleness, closing. No connection has a timer of its own.</summary>
internal sealed class ConnectionSweeper(ConnectionTable connections, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var connection in connections.All)
            {
                connection.CheckDeadlines();
            }
        }
    }
}
