namespace Swp.Bench.Reports.Measurements;

/// <summary>A contender that could not be measured, or a row or a round of it: it is reported, not left out.</summary>
public sealed record Absent
{
    /// <summary>The contender's name.</summary>
    public required string Contender { get; init; }

    /// <summary>The variant that is absent; all of them when null.</summary>
    public string? Variant { get; init; }

    /// <summary>The scenario that it is absent from; all that it takes part in when null.</summary>
    public string? Scenario { get; init; }

    /// <summary>Why, such as <c>npm is not installed</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The label of the row: the contender and the variant.</summary>
    public string Row => RowLabel.Of(Contender, Variant);
}
