using Swp.Bench.Contenders;

namespace Swp.Bench.Running;

/// <summary>One row of a scenario with one set of parameters, which each round measures once.</summary>
internal sealed record Trial
{
    /// <summary>The scenario in the reports.</summary>
    public required string Scenario { get; init; }

    /// <summary>Who is measured.</summary>
    public required IContender Contender { get; init; }

    /// <summary>Set when it has parameters that the table compares within.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Why this row cannot be measured, although others of the contender can.</summary>
    public string? WhyAbsent { get; init; }

    /// <summary>Measures it once, on a contender that has just been started.</summary>
    public required Func<Topology, CancellationToken, Task<IReadOnlyDictionary<string, double>>> MeasureAsync { get; init; }

    public override string ToString() =>
        $"{Scenario}: {Contender.Label}{string.Concat(Parameters.Select(parameter => $", {parameter.Key} {parameter.Value}"))}";
}
