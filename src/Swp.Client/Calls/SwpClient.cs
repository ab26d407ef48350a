using Orleans.Runtime;
using Swp.Clients;

namespace Swp.Client.Calls;

/// <summary>Calls one client's grain and turns whatever happens on the way into one outcome.</summary>
internal sealed class SwpClient(ClientKey key, IClientGrain grain, TimeProvider time) : ISwpClient
{
    /// <summary>
    /// How long past a call's own deadline the owner's verdict is waited for. An external Orleans client is not told when a silo dies, so the
    /// deadline is kept here too. Half of the second that a call may take beyond its time-out.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>The most a client type can allow. A larger one would break the connection to the cluster, and other calls with it.</summary>
    private const int MaxPayloadBytes = 4 * 1024 * 1024;

    public ClientKey Key => key;

    public Task<CallResult> RequestAsync(JsonPayload data, CallOptions? options, CancellationToken cancellationToken) =>
        CallAsync(static (grain, request, ct) => grain.RequestAsync(request, ct), data, options, cancellationToken);

    public Task<CallResult> SendAsync(JsonPayload data, CallOptions? options, CancellationToken cancellationToken) =>
        CallAsync(static (grain, request, ct) => grain.SendAsync(request, ct), data, options, cancellationToken);

    public async Task<ClientStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await grain.GetStatusAsync().WaitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && CallFailure.Classify(e) is not null)
        {
            throw new SwpUnavailableException("The client's owner could not be reached.", e);
        }
    }

    private async Task<CallResult> CallAsync(
        Func<IClientGrain, CallRequest, CancellationToken, Task<CallResult>> call,
        JsonPayload data,
        CallOptions? options,
        CancellationToken cancellationToken)
    {
        options ??= CallOptions.Default;
        options.Validate();
        var request = new CallRequest
        {
            Data = data,
            Timeout = options.Timeout,
            WaitForConnect = options.WaitForConnect,
            Idempotent = options.Idempotent,
        };

        var started = time.GetTimestamp();
        if (data.Length > MaxPayloadBytes)
        {
            return Failed(CallOutcome.PayloadTooLarge, $"The payload is {data.Length} bytes; no client type takes more than {MaxPayloadBytes}.", started);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Failed(CallOutcome.Cancelled, "The caller gave up.", started);
        }

        try
        {
            var result = await call(grain, request, cancellationToken)
                .WaitAsync(options.WaitForConnect + options.Timeout + Grace, time, cancellationToken);
            return result with { Elapsed = time.GetElapsedTime(started) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(CallOutcome.Cancelled, "The caller gave up.", started);
        }
        catch (Exception e) when (CallFailure.Classify(e) is { } failure)
        {
            return Failed(failure.Outcome, failure.Message, started);
        }
    }

    private CallResult Failed(CallOutcome outcome, string message, long started) =>
        new() { Outcome = outcome, Message = message, Elapsed = time.GetElapsedTime(started) };
}
