namespace Swp.Cluster.Links;

/// <summary>When a link says that its peer does not answer.</summary>
internal sealed class LinkOptions
{
    /// <summary>
    /// How long no receipt may come before the peer counts as silent. It may be cut off, hang or be dead: the membership takes up to twice as long
    /// to find out which.
    /// </summary>
    public TimeSpan Silent { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long no receipt may come before the peer counts as unreachable from here: a member that nobody reaches has been declared dead by then, so
    /// others do reach this one.
    /// </summary>
    public TimeSpan Unreachable => 3 * Silent;

    /// <summary>How long a link may be idle before it sends an empty batch, to learn whether the peer still answers.</summary>
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(2);
}
