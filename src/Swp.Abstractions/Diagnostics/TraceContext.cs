using System.Diagnostics;

namespace Swp.Diagnostics;

/// <summary>The span that a call or a frame belongs to (W3C Trace Context). Only what is sampled carries one.</summary>
/// <param name="Parent">As the header <c>traceparent</c>.</param>
/// <param name="State">As the header <c>tracestate</c>.</param>
[GenerateSerializer, Immutable, Alias("swp.TraceContext")]
public sealed record TraceContext(
    [property: Id(0)] string Parent,
    [property: Id(1)] string? State)
{
    /// <summary>What every receiver of a <c>tracestate</c> takes; a longer one is left out.</summary>
    private const int MaxStateLength = 512;

    /// <summary>What it weighs in a queue, in bytes.</summary>
    public int Weight => 64 + Parent.Length + (State?.Length ?? 0);

    /// <summary>The context of a span that is sampled, or <see langword="null"/>.</summary>
    public static TraceContext? Of(Activity? span) => span is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? new TraceContext(id, span.TraceStateString is { Length: <= MaxStateLength } state ? state : null)
        : null;
}
