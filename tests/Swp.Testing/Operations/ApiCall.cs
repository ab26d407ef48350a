namespace Swp.Testing.Operations;

/// <summary>A call that is under way.</summary>
public sealed class ApiCall(Func<CancellationToken, Task<ApiAnswer>> start) : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private Task<ApiAnswer>? _answer;

    /// <summary>How it ends.</summary>
    public Task<ApiAnswer> Answer => _answer ??= start(_abort.Token);

    /// <summary>The caller goes away: its connection is closed.</summary>
    public async Task AbortAsync()
    {
        await _abort.CancelAsync();
        try
        {
            await Answer;
        }
        catch (OperationCanceledException)
        {
            // As it should.
        }
    }

    public void Dispose() => _abort.Dispose();
}
