namespace Swp.Relay;

/// <summary>What became of a batch: every frame took effect but the rejected ones.</summary>
/// <param name="Rejections">In ascending order of their index; empty when all is well.</param>
[GenerateSerializer, Immutable, Alias("swp.RelayReceipt")]
public sealed record RelayReceipt([property: Id(0)] Rejection[] Rejections)
{
    /// <summary>Every frame took effect.</summary>
    public static readonly RelayReceipt AllAccepted = new([]);
}
