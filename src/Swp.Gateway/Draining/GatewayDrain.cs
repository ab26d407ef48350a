using Microsoft.Extensions.Options;
using Swp.Cluster.Membership;
using Swp.Gateway.Api;
using Swp.Gateway.Connections;
using Swp.Gateway.Health;
using Swp.Gateway.Hosting;
using Swp.Protocol;

namespace Swp.Gateway.Draining;

/// <summary>
/// A stopping gateway: first not ready, then its sockets are closed with 4003, spread over the window so that their clients do not come back
/// all at once; calls under way on a socket that is still open are answered meanwhile. Its API takes calls until whoever looks at its readiness has
/// had time to: a connection that is made to a listener which then ends is reset, and its caller cannot know what became of the call.
/// </summary>
internal sealed partial class GatewayDrain(
    ConnectionTable connections,
    GatewayState state,
    ApiCalls calls,
    IOptions<GatewayOptions> options,
    Expulsion expulsion,
    TimeProvider time,
    ILogger<GatewayDrain> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SlowestPace = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(6);

    private TimeSpan Window => expulsion.Hasten(options.Value.DrainWindow);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Before the web server stops, which would cut the sockets off, and before the silo leaves the cluster.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        state.StartDraining();
        LogDraining(logger, connections.Count, Window);
        try
        {
            var started = time.GetTimestamp();
            await CloseAllAsync(cancellationToken);

            while (time.GetElapsedTime(started) < expulsion.Hasten(options.Value.DrainNotice))
            {
                await Task.Delay(Step, time, cancellationToken);
            }

            // What was taken gets the rest of the window, and half of it at least.
            calls.Close();
            var limit = Longer(Window, time.GetElapsedTime(started) + (Window / 2));
            while (calls.Count > 0 && time.GetElapsedTime(started) < limit)
            {
                await Task.Delay(Step, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host's patience is over.
        }

        // The web server waits for its requests: those that still wait for a client are told what is known.
        await calls.EndAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    // A handful of clients is no storm: nobody waits ten seconds for one of them.
    private TimeSpan WindowFor(int count)
    {
        // The last ones are given time for what they owe, too.
        var most = Window * 2 / 3;
        var enough = count * SlowestPace;
        return enough < most ? enough : most;
    }

    private async Task CloseAllAsync(CancellationToken cancellationToken)
    {
        // In random order, an equal share each step; one that owes an answer stays, and in use, until it has given it. In the last third it takes only what
        // ends before the window does.
        var open = connections.All.ToArray();
        Random.Shared.Shuffle(open);
        var steps = Math.Max(1, (int)(WindowFor(open.Length) / Step));
        var started = time.GetTimestamp();
        for (var step = 1; connections.Count > 0; step++)
        {
            var due = step < steps ? (int)((long)open.Length * step / steps) : open.Length;
            var left = Window - time.GetElapsedTime(started);
            var isOver = left <= TimeSpan.Zero;
            foreach (var connection in open.AsSpan(0, due))
            {
                if (connection.TryRetire() || isOver)
                {
                    connection.Close(CloseCode.Draining);
                }
                else if (left <= Window / 3)
                {
                    connection.RetireWithin(left);
                }
            }

            if (step >= steps && (isOver || !open.Any(connection => connection.HasOpenRequests)))
            {
                break;
            }

            await Task.Delay(Step, time, cancellationToken);
        }

        await WaitForFarewellsAsync(cancellationToken);
    }

    // Also those that slipped in before the listener said no; then the close handshakes.
    private async Task WaitForFarewellsAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (connections.Count > 0 && time.GetElapsedTime(started) < expulsion.Hasten(Farewell))
        {
            foreach (var connection in connections.All)
            {
                connection.Close(CloseCode.Draining);
            }

            await Task.Delay(Step, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Draining: {Count} connections are closed within {Window}")]
    private static partial void LogDraining(ILogger logger, int count, TimeSpan window);
}
