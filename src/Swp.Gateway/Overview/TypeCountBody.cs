namespace Swp.Gateway.Overview;

/// <summary>How many clients of a type are connected.</summary>
internal sealed record TypeCountBody
{
    /// <summary>The type.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string DisplayName { get; init; }

    /// <summary>How many are connected.</summary>
    public required int Connected { get; init; }
}
