using System.Diagnostics;
using Orleans.Runtime;
using Swp.Client.Diagnostics;
using Swp.Clients;
using Swp.Diagnostics;
using Swp.Relay;

namespace Swp.Client.Calls;

/// <summary>Calls one client's grain and turns whatever happens on the way into one outcome.</summary>
internal sealed class SwpClient(ClientKey key, IClientGrain grain, UuidSource uuids, TimeProvider time, IOwnerPresence? owners) : ISwpClient
{
    /// <summary>The most a client type can allow. A larger one would break the connection to the cluster, and other calls with it.</summary>
    public const int MaxPayloadBytes = 4 * 1024 * 1024;

    private readonly LocalWay _here = new();

    public ClientKey Key => key;

    /// <summary>Why a payload that no client type can take is refused.</summary>
    public static string TooLarge(JsonPayload data) => $"The payload is {data.Length} bytes; no client type takes more than {MaxPayloadBytes}.";

    public Task<CallResult> RequestAsync(JsonPayload data, CallOptions? options, CancellationToken cancellationToken) =>
        CallAsync(data, options, oneWay: false, cancellationToken);

    public Task<CallResult> SendAsync(JsonPayload data, CallOptions? options, CancellationToken cancellationToken) =>
        CallAsync(data, options, oneWay: true, cancellationToken);

    public Task<ClientStatus> GetStatusAsync(CancellationToken cancellationToken) => AskAsync(static grain => grain.GetStatusAsync(), cancellationToken);

    public Task<BanOutcome> BanAsync(DateTimeOffset? until, string? reason, CancellationToken cancellationToken)
    {
        if (until <= time.GetUtcNow())
        {
            throw new ArgumentOutOfRangeException(nameof(until), until, "A ban ends in the future.");
        }

        if (!BanRequest.IsValidReason(reason))
        {
            throw new ArgumentException($"The reason of a ban has at most {BanRequest.MaxReasonLength} characters, no control characters and no unpaired surrogates.", nameof(reason));
        }

        return AskAsync(grain => grain.BanAsync(new BanRequest(until, reason)), cancellationToken);
    }

    public Task<BanOutcome> UnbanAsync(CancellationToken cancellationToken) => AskAsync(static grain => grain.UnbanAsync(), cancellationToken);

    public Task<CallResult> DisconnectAsync(CancellationToken cancellationToken) => AskAsync(static grain => grain.DisconnectAsync(), cancellationToken);

    private async Task<T> AskAsync<T>(Func<IClientGrain, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(grain).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SwpUnavailableException("The client's owner could not be reached.", e);
        }
    }

    private async Task<CallResult> CallAsync(JsonPayload data, CallOptions? options, bool oneWay, CancellationToken cancellationToken)
    {
        options ??= CallOptions.Default;
        options.Validate();
        using var span = CallSpans.StartAtCaller(key, oneWay);
        var started = time.GetTimestamp();
        var result = await MakeAsync(data, options, oneWay, cancellationToken);
        CallInstruments.OnEnded(key.Type, oneWay, result.Outcome, time.GetElapsedTime(started));
        span?.SetOutcome(result);
        return result;
    }

    private async Task<CallResult> MakeAsync(JsonPayload data, CallOptions options, bool oneWay, CancellationToken cancellationToken)
    {
        if (data.Length > MaxPayloadBytes)
        {
            return new CallResult
            {
                Outcome = CallOutcome.PayloadTooLarge,
                Message = TooLarge(data),
            };
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return new CallResult { Outcome = CallOutcome.Cancelled, Message = "The caller gave up." };
        }

        var call = new CallRequest
        {
            Data = data,
            Timeout = options.Timeout,
            WaitForConnect = options.WaitForConnect,
            Idempotent = options.Idempotent,
            Uuid = uuids.Next(),
            Trace = TraceContext.Of(Activity.Current),
        };
        return await new ClientCall(grain, _here, call, oneWay, time, owners, cancellationToken).RunAsync();
    }
}
