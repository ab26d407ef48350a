using Swp.Bench.Reports.Summaries;

namespace Swp.Bench.Reports.Judging;

/// <summary>A goal beside what was measured.</summary>
public sealed record GoalResult
{
    /// <summary>The goal.</summary>
    public required Goal Goal { get; init; }

    /// <summary>The parameters with which the row was run.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What became of it. The median decides.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the target is compared with: ratios, or figures in the metric's unit.</summary>
    public Spread? Measured { get; init; }

    /// <summary>What is compared with the figure beyond, which may have another baseline.</summary>
    public Spread? MeasuredBeyond { get; init; }

    /// <summary>Why nothing was measured.</summary>
    public string? Reason { get; init; }
}
