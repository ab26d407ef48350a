namespace Swp.Bench.Reports.Measurements;

/// <summary>One measurement of one contender in one scenario in one round.</summary>
public sealed record Sample
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The contender's name.</summary>
    public required string Contender { get; init; }

    /// <summary>What sets this row apart from the contender's others, if it has several.</summary>
    public string? Variant { get; init; }

    /// <summary>The label of the row: the contender and the variant.</summary>
    public string Row => RowLabel.Of(Contender, Variant);

    /// <summary>What the scenario was run with, such as <c>clients</c>. Rows are compared within equal parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The contenders are run in turn; a row is compared with the same round's baseline.</summary>
    public required int Round { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<Measurement> Metrics { get; init; }

    internal double? ValueOf(string metric) => Metrics.FirstOrDefault(measured => measured.Metric.Name == metric)?.Value;
}
