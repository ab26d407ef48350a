using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>The calls that entered at this gateway's API: a gateway that stops lets them finish for a while, then ends them with what is known.</summary>
internal sealed class ApiCalls : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private int _count;
    private volatile bool _closed;

    /// <summary>How many are under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Makes one call, which is cancelled when its caller goes away or the gateway ends.</summary>
    public async Task<CallResult> RunAsync(Func<CancellationToken, Task<CallResult>> call, CancellationToken caller)
    {
        Interlocked.Increment(ref _count);
        try
        {
            // Counted first: whoever waits for the last one after closing sees it.
            if (_closed)
            {
                return new CallResult { Outcome = CallOutcome.NotSent, Message = "The gateway is stopping; call another one." };
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, _ending.Token);
            var result = await call(either.Token);

            // When the caller did not give up, this gateway did: the client may have executed the request.
            return result.Outcome == CallOutcome.Cancelled && _ending.IsCancellationRequested && !caller.IsCancellationRequested
                ? result with { Outcome = CallOutcome.LostInFlight, Message = "The gateway stopped before the client answered." }
                : result;
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Takes no more: what comes now would not have the time it asks for.</summary>
    public void Close() => _closed = true;

    /// <summary>Ends those that are still under way.</summary>
    public Task EndAsync() => _ending.CancelAsync();

    public void Dispose() => _ending.Dispose();
}
