using Swp.Chaos.Logs;

namespace Swp.Chaos.Running;

/// <summary>Notices when this process itself gets no time to run: what it then sees late was not late, and the members get as little.</summary>
internal sealed class StallMonitor(RunRecorder log) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var before = log.Now;
            await Task.Delay(Interval, log.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (log.Now - before > Tolerated)
            {
                log.Add(new Period(before, log.Now));
            }
        }
    }
}
