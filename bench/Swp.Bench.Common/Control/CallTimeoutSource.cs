namespace Swp.Bench.Control;

/// <summary>The time-out of one caller's calls, one after the other: one timer for all of them.</summary>
internal sealed class CallTimeoutSource(CancellationToken cancellationToken) : IDisposable
{
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _registration;

    /// <summary>Starts the time of the next call. The one before must be over.</summary>
    public CancellationToken Start()
    {
        if (_source is null || !_source.TryReset())
        {
            Dispose();
            _source = new CancellationTokenSource();
            _registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        }

        _source.CancelAfter(CallRun.CallTimeout);
        return _source.Token;
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source?.Dispose();
    }
}
