using Swp.Chaos.Logs;

namespace Swp.Chaos.Callers;

/// <summary>Makes so many calls a second, to clients drawn at random. How long a call may take bounds how many are under way.</summary>
internal sealed class CallLoad(Caller caller, RunRecorder log, IReadOnlyList<string> clients, int rate, Random random) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>After a pause of the harness only this much of what was missed is made up for.</summary>
    private static readonly TimeSpan Debt = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _refused;

    /// <summary>Calls that no entry took.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public void Start() => _running = RunAsync();

    /// <summary>Makes no more calls, and waits for all that are under way, also those of others.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        await _stop.CancelAsync();
        await _running;
        var started = log.Now;
        while (log.OpenCalls.Count > 0 && log.Now - started < limit)
        {
            await Task.Delay(Tick, log.Time);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Tick, log.Time);
        var paid = log.Now;
        var interval = TimeSpan.FromSeconds(1.0 / rate);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var now = log.Now;
                paid = now - paid > Debt ? now - Debt : paid;
                for (; paid + interval <= now; paid += interval)
                {
                    _ = CallAsync(CallPlan.Draw(random, clients[random.Next(clients.Count)]), caller.Shuffled(random));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task CallAsync(CallPlan plan, ICallEntry[] entries)
    {
        if (await caller.CallAsync(plan, entries) is null)
        {
            Interlocked.Increment(ref _refused);
        }
    }
}
