using Swp.Clients;
using Swp.Diagnostics;

namespace Swp.Grains.Clients;

/// <content>What an attempt of a call is measured by, and remembered for who looks at the client.</content>
internal sealed partial class ClientGrain
{
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
        var elapsed = services.Time.GetElapsedTime(started);
        services.Instruments.OnCallEnded(_type?.Name, oneWay, result.Outcome, elapsed);
        if (_type is not null)
        {
            services.Events.OnCall(_key, oneWay, result.Outcome, elapsed);
        }

        span?.SetOutcome(result);
        return call.WantsHere && _attached is { } here ? result with { Here = here } : result;
    }
}
