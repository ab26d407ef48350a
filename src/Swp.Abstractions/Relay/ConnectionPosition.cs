namespace Swp.Relay;

/// <summary>A place among the open connections of one gateway: they are listed by type, and those of a type in the order in which they opened.</summary>
/// <param name="Type">The client type; <see langword="null"/> before all.</param>
/// <param name="Number">The connection's number within the type, which counts for as long as the gateway lives.</param>
[GenerateSerializer, Immutable, Alias("swp.ConnectionPosition")]
public readonly record struct ConnectionPosition(
    [property: Id(0)] string? Type,
    [property: Id(1)] long Number);
