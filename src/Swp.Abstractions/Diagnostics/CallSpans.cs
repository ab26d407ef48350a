using System.Diagnostics;
using Swp.Clients;

namespace Swp.Diagnostics;

/// <summary>The spans of a call, and what stands in them: names and outcomes, never a payload.</summary>
internal static class CallSpans
{
    public const string Call = "swp.call";
    public const string Deliver = "swp.deliver";

    private const string System = "swp";

    /// <summary>The call, where it is made.</summary>
    public static Activity? StartAtCaller(ClientKey client, bool oneWay) =>
        Source.HasListeners() ? Describe(Source.StartActivity(Call, ActivityKind.Client), client, oneWay) : null;

    /// <summary>One attempt of the call, at the client's owner.</summary>
    public static Activity? StartAtOwner(CallRequest call, ClientKey client, bool oneWay)
    {
        var span = Describe(SwpTracing.Continue(Call, ActivityKind.Server, call.Trace), client, oneWay);
        span?.SetTag("swp.call.uuid", call.Uuid);
        span?.SetTag("swp.call.attempt", call.Attempt);
        return span;
    }

    /// <summary>The client has the request, and owes the answer.</summary>
    public static Activity? StartAtGateway(TraceContext? parent, ClientKey client, string? uuid, bool oneWay)
    {
        var span = Describe(SwpTracing.Continue(Deliver, ActivityKind.Client, parent), client, oneWay);
        span?.SetTag("swp.call.uuid", uuid);
        return span;
    }

    /// <summary>The outcome of a call, or of an attempt.</summary>
    public static void SetOutcome(this Activity span, CallResult result)
    {
        var outcome = result.Outcome.ToWireName();
        span.SetTag("swp.call.outcome", outcome);
        if (result.Uuid is { } uuid)
        {
            span.SetTag("swp.call.uuid", uuid);
        }

        if (result.Outcome == CallOutcome.Completed)
        {
            span.SetTag("swp.client.code", result.Code);
        }
        else
        {
            span.SetError(outcome, result.Message);
        }
    }

    /// <summary>It did not end well.</summary>
    public static void SetError(this Activity span, string error, string? message = null)
    {
        span.SetTag("error.type", error);
        span.SetStatus(ActivityStatusCode.Error, message);
    }

    private static ActivitySource Source => SwpTracing.Source;

    private static Activity? Describe(Activity? span, ClientKey client, bool oneWay)
    {
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("rpc.system.name", System);
            span.SetTag("rpc.method", oneWay ? "message" : "request");
            span.SetTag("swp.client.type", client.Type);
            span.SetTag("swp.client.id", client.Id);
        }

        return span;
    }
}
