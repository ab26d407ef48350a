namespace Swp.Relay;

/// <summary>Everything one gateway has to say to one owner, in order.</summary>
/// <param name="Gateway">The gateway that speaks.</param>
/// <param name="Number">Counts the batches of one sender to one receiver from 1. A batch that is sent again keeps its number and has no second effect.</param>
/// <param name="Frames">At least one frame.</param>
[GenerateSerializer, Immutable, Alias("swp.OwnerboundBatch")]
public sealed record OwnerboundBatch(
    [property: Id(0)] SiloAddress Gateway,
    [property: Id(1)] long Number,
    [property: Id(2)] OwnerboundFrame[] Frames);
