using Swp.Devices;

namespace Swp.Cli.Crowds;

/// <summary>Clients that connect one after another at a pace, and then live side by side.</summary>
internal sealed class Crowd(CrowdPlan plan, DeviceClientOptions options, CrowdCounts counts)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts them all, and waits until all have ended.</summary>
    /// <param name="stopStarting">Cancelled when no more are to start.</param>
    /// <param name="stop">Cancelled when all are to leave.</param>
    public async Task RunAsync(CancellationToken stopStarting, CancellationToken stop)
    {
        var running = new List<Task>(plan.Count);
        try
        {
            var began = options.Time.GetTimestamp();
            using var timer = new PeriodicTimer(Step, options.Time);
            while (running.Count < plan.Count)
            {
                var due = Math.Min(plan.Count, 1 + (int)(options.Time.GetElapsedTime(began).TotalSeconds * plan.Ramp));
                while (running.Count < due)
                {
                    running.Add(new CrowdMember(plan, running.Count, options, counts).RunAsync(stop));
                }

                if (running.Count < plan.Count)
                {
                    await timer.WaitForNextTickAsync(stopStarting);
                }
            }
        }
        catch (OperationCanceledException) when (stopStarting.IsCancellationRequested)
        {
            // Those that have started leave below.
        }

        await Task.WhenAll(running);
    }
}
