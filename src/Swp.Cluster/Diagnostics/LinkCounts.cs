namespace Swp.Cluster.Diagnostics;

/// <summary>What the links of a member in one direction count.</summary>
internal sealed class LinkCounts
{
    private const string DirectionKey = "swp.link.direction";

    public LinkCounts(string direction)
    {
        Direction = new(DirectionKey, direction);
        Frames = new Tally(Direction);
        Refused = new Tally(Direction);
        Retries = new Tally(Direction);
        Silences = new Tally(Direction);
    }

    /// <summary>The label that all of them carry.</summary>
    public KeyValuePair<string, object?> Direction { get; }

    /// <summary>Frames with a receipt.</summary>
    public Tally Frames { get; }

    /// <summary>Frames that found no room, or no peer any more.</summary>
    public Tally Refused { get; }

    /// <summary>Batches that were sent again.</summary>
    public Tally Retries { get; }

    /// <summary>How often a peer has gone silent.</summary>
    public Tally Silences { get; }
}
