namespace Swp.Grains.Storage;

/// <summary>Keeps a client out.</summary>
/// <param name="Until">When it ends; <see langword="null"/> for ever.</param>
/// <param name="Reason">Why, for people.</param>
[GenerateSerializer, Immutable, Alias("swp.BanRecord")]
internal sealed record BanRecord(
    [property: Id(0)] DateTimeOffset? Until,
    [property: Id(1)] string? Reason);
