namespace Swp.Overview;

/// <summary>Who was refused for the same reason from the same place, however often.</summary>
/// <param name="Kind">At which door.</param>
/// <param name="Reason">Why: one of a few words.</param>
/// <param name="Type">The client type; <see langword="null"/> where it is not known.</param>
/// <param name="Address">From where; <see langword="null"/> for the addresses that are not told apart.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstAt">The first time.</param>
/// <param name="LastAt">The last time.</param>
[GenerateSerializer, Immutable, Alias("swp.Refusal")]
public sealed record Refusal(
    [property: Id(0)] RefusalKind Kind,
    [property: Id(1)] string Reason,
    [property: Id(2)] string? Type,
    [property: Id(3)] string? Address,
    [property: Id(4)] long Count,
    [property: Id(5)] DateTimeOffset FirstAt,
    [property: Id(6)] DateTimeOffset LastAt);
