namespace Swp.Cluster.Membership;

/// <summary>Whether the membership table answered when it was last asked.</summary>
internal sealed class TableReach
{
    private volatile int _answered = -1;

    /// <summary><see langword="null"/> until it was asked: standalone has no table.</summary>
    public bool? IsReachable => _answered < 0 ? null : _answered > 0;

    /// <summary>It was asked.</summary>
    public void Note(bool answered) => _answered = answered ? 1 : 0;
}
