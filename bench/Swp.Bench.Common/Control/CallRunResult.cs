namespace Swp.Bench.Control;

/// <summary>What <c>/bench/call</c> answers. The latencies are those of calls that were answered.</summary>
public sealed record CallRunResult
{
    /// <summary>Calls whose answer came within the measured time.</summary>
    public required long Calls { get; init; }

    public required long Failures { get; init; }

    public required double Seconds { get; init; }

    public required double P50Us { get; init; }

    public required double P99Us { get; init; }

    public required double MaxUs { get; init; }
}
