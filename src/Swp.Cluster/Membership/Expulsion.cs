namespace Swp.Cluster.Membership;

/// <summary>
/// Whether this member has been lost to its cluster. It is to end soon then: what it still does, it does beside the cluster that forms anew.
/// </summary>
internal sealed class Expulsion
{
    /// <summary>What a step of the stop may take now: enough to tell clients and callers.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private string? _reason;

    /// <summary>What happened, in words; <see langword="null"/> while all is well.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>The first reason counts.</summary>
    public void Declare(string reason) => Interlocked.CompareExchange(ref _reason, reason, null);

    /// <summary>How long something may take that takes <paramref name="usual"/> when there is no hurry.</summary>
    public TimeSpan Hasten(TimeSpan usual) => Reason is not null && usual > Window ? Window : usual;
}
