namespace Swp.Bench.Running;

/// <summary>What is measured, and how long.</summary>
internal sealed record BenchOptions
{
    /// <summary>The scenarios by name; empty for all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Only these contenders; empty for all.</summary>
    public IReadOnlyList<string> Contenders { get; init; } = [];

    /// <summary>How long one measurement takes.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>How often the contenders take turns.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Fewer clients and one short round: shows that all works, and no figures to quote.</summary>
    public bool Quick { get; init; }

    /// <summary>Where the report goes.</summary>
    public required string Output { get; init; }

    // The runtime compiles what is used much for a second time, and a third; until then it is the compiler that is measured.
    public double WarmUpSeconds { get; init; } = 10;
}
