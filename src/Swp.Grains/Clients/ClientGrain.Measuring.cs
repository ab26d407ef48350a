using Swp.Clients;
using Swp.Diagnostics;

namespace Swp.Grains.Clients;

/// <content>What an attempt of a call is measured by. One that nobody measures and that is not sampled pays nothing.</content>
internal sealed partial class ClientGrain
{
    private bool IsMeasured(CallRequest call) => call.Trace is not null || services.Instruments.MeasuresCalls;

    private async Task<CallResult> MeasureAsync(CallRequest call, bool oneWay, ContinueRequest? continued, CancellationToken cancellationToken)
    {
        using var span = CallSpans.StartAtOwner(call, _key, oneWay);
        var started = services.Time.GetTimestamp();

        if (span is not null)
        {
            // Where this process records nothing its gateway goes on with what the caller said.
            call = call with { Trace = TraceContext.Of(span) };
        }

        var result = await (continued is null ? CallAsync(call, oneWay, cancellationToken) : TakeUpAsync(continued with { Call = call }, cancellationToken));
        services.Instruments.OnCallEnded(_type?.Name, oneWay, result.Outcome, services.Time.GetElapsedTime(started));
        span?.SetOutcome(result);
        return result;
    }
}
