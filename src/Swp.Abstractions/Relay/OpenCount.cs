namespace Swp.Relay;

/// <summary>How many connections of a type are open at one gateway.</summary>
[GenerateSerializer, Immutable, Alias("swp.OpenCount")]
public readonly record struct OpenCount(
    [property: Id(0)] string Type,
    [property: Id(1)] int Count);
