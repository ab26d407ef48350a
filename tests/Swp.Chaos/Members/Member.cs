using Swp.Chaos.Logs;
using Swp.Testing.Processes;

namespace Swp.Chaos.Members;

/// <summary>A member and its supervisor, which takes down every end of its process and starts it again.</summary>
internal sealed class Member(SwpProcess process, MemberRole role, TimeSpan restartDelay, RunRecorder log) : IAsyncDisposable
{
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private Task _supervising = Task.CompletedTask;
    private TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _down = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _endIsPlanned;
    private volatile bool _retired;

    public SwpProcess Process => process;

    public string Name => process.Name;

    public MemberRole Role => role;

    /// <summary>When its process was ready last.</summary>
    public TimeSpan UpSince { get; private set; }

    /// <summary>Completes when its process has ended after <see cref="ExpectEnd"/>.</summary>
    public Task Ended => Volatile.Read(ref _down).Task;

    /// <summary>Completes when it is ready.</summary>
    public Task Ready => Volatile.Read(ref _up).Task;

    public async Task StartAsync()
    {
        await process.StartAsync();
        IsUp();
        _supervising = SuperviseAsync();
    }

    /// <summary>The schedule ends it, or expects it to end: its next end is planned.</summary>
    public void ExpectEnd()
    {
        Volatile.Write(ref _down, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _up, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _endIsPlanned = true;
    }

    /// <summary>It has not ended although it was expected that it might.</summary>
    public void ExpectNoEnd()
    {
        _endIsPlanned = false;
        _up.TrySetResult();
    }

    /// <summary>Its next end is its last.</summary>
    public void Retire()
    {
        ExpectEnd();
        _retired = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        do
        {
            // The supervisor may just be starting it again.
            await process.KillAsync();
        }
        while (await Task.WhenAny(_supervising, Task.Delay(KillInterval, log.Time)) != _supervising);

        await process.DisposeAsync();
        _stop.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (true)
        {
            var code = await process.Exited;
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            log.Add(new MemberEnd(Name, log.Now, code, _endIsPlanned));
            if (!_endIsPlanned)
            {
                Volatile.Write(ref _up, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            _endIsPlanned = false;
            _down.TrySetResult();
            if (_retired)
            {
                return;
            }

            await Task.Delay(restartDelay, log.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            await RestartAsync();
        }
    }

    private void IsUp()
    {
        UpSince = log.Now;
        _up.TrySetResult();
    }

    private async Task RestartAsync()
    {
        try
        {
            await process.StartAsync();
            IsUp();
        }
        catch (InvalidOperationException)
        {
            // It has ended while it started: the next round takes that down.
        }
        catch (TimeoutException)
        {
            // It is no use as it is: its end counts as one that nobody planned.
            await process.KillAsync();
        }
    }
}
