namespace Swp.Relay;

/// <summary>Everything one gateway has to say to one owner, in order.</summary>
/// <param name="Gateway">The gateway that speaks.</param>
/// <param name="Frames">At least one frame.</param>
[GenerateSerializer, Immutable, Alias("swp.OwnerboundBatch")]
public sealed record OwnerboundBatch(
    [property: Id(0)] SiloAddress Gateway,
    [property: Id(1)] OwnerboundFrame[] Frames);
