namespace Swp.Cluster.Links;

/// <summary>How much a link may hold and send at once. Weights are bytes.</summary>
internal sealed record BatchLimits
{
    /// <summary>What may wait for a peer that does not answer: 64 MiB.</summary>
    public long QueueWeight { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most frames of a batch.</summary>
    public int BatchCount { get; init; } = 1024;

    /// <summary>Most bytes of a batch: 1 MiB, well under the cluster's largest message (8 MiB) even with one frame of 4 MiB on top.</summary>
    public long BatchWeight { get; init; } = 1024 * 1024;
}
