namespace Swp.Relay;

/// <summary>What a gateway knows of a connection that was attached before, when its owner moved or died.</summary>
/// <param name="OpenEpoch">The epoch its OPEN got: the newest OPEN of a client wins, whatever happened to owners since.</param>
/// <param name="Epoch">The epoch of its last attachment.</param>
/// <param name="ConnectedAt">When it opened.</param>
[GenerateSerializer, Immutable, Alias("swp.Resume")]
public sealed record Resume(
    [property: Id(0)] long OpenEpoch,
    [property: Id(1)] long Epoch,
    [property: Id(2)] DateTimeOffset ConnectedAt);
