namespace Swp.Relay;

/// <summary>A frame of a batch that had no effect.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("swp.Rejection")]
public readonly record struct Rejection(
    [property: Id(0)] int Index,
    [property: Id(1)] RejectReason Reason);
