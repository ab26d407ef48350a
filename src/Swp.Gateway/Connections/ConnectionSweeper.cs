using Swp.Cluster.Logging;
using Swp.Gateway.Handshakes;

namespace Swp.Gateway.Connections;

/// <summary>One clock for all sockets: handshakes, opening, idleness, closing. No connection has a timer of its own.</summary>
internal sealed partial class ConnectionSweeper(ConnectionTable connections, PendingHandshakes handshakes, TimeProvider time, ILogger<ConnectionSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly PacedLogger<ConnectionSweeper> _logger = new(logger, time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            handshakes.CutOverdue();
            foreach (var connection in connections.All)
            {
                try
                {
                    connection.CheckDeadlines();
                }
                catch (Exception e)
                {
                    // One socket must not end the clock of all the others.
                    LogFailed(_logger, e, connection.Id);
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The deadlines of connection {Id} could not be checked")]
    private static partial void LogFailed(ILogger logger, Exception exception, long id);
}
