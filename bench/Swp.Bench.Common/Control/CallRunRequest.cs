namespace Swp.Bench.Control;

/// <summary>What <c>/bench/call</c> is asked.</summary>
public sealed record CallRunRequest
{
    /// <summary>The clients to call, each by a name that needs no look-up.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    public int Callers { get; init; } = 64;

    public double WarmupSeconds { get; init; } = 1;

    public double Seconds { get; init; } = 5;

    public int PayloadBytes { get; init; } = 100;
}
