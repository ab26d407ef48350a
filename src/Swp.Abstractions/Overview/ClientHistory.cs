namespace Swp.Overview;

/// <summary>What one owner remembers of a client.</summary>
/// <param name="Events">What has happened to it, the newest first.</param>
/// <param name="CompleteSince">From then on nothing is missing.</param>
[GenerateSerializer, Immutable, Alias("swp.ClientHistory")]
public sealed record ClientHistory(
    [property: Id(0)] ClientEvent[] Events,
    [property: Id(1)] DateTimeOffset CompleteSince);
