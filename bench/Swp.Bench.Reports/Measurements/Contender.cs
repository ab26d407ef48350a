namespace Swp.Bench.Reports.Measurements;

/// <summary>What is measured beside the others.</summary>
public sealed record Contender
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version and settings in one line.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is this project's own; plots set it off from its peers.</summary>
    public bool IsOwn { get; init; }
}
