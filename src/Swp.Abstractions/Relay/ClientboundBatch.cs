namespace Swp.Relay;

/// <summary>Everything one owner has to say to one gateway, in order.</summary>
/// <param name="Owner">The owner that speaks.</param>
/// <param name="Number">Counts the batches of one sender to one receiver from 1. A batch that is sent again keeps its number and has no second effect.</param>
/// <param name="Frames">At least one frame.</param>
[GenerateSerializer, Immutable, Alias("swp.ClientboundBatch")]
public sealed record ClientboundBatch(
    [property: Id(0)] SiloAddress Owner,
    [property: Id(1)] long Number,
    [property: Id(2)] ClientboundFrame[] Frames);
