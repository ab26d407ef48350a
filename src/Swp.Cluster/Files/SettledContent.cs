namespace Swp.Cluster.Files;

/// <summary>
/// Tells whether files have changed, by their content: that sees a link swapped by Kubernetes too, and no file that was only touched. A change counts
/// once it has been seen twice, so that no half-written file is taken, nor a certificate before its key.
/// </summary>
/// <param name="taken">A hash of what is in force.</param>
internal sealed class SettledContent(byte[] taken)
{
    private byte[] _taken = taken;
    private byte[] _seen = taken;

    /// <summary>Whether what is there now is new and here to stay. Says so once.</summary>
    public bool HasChanged(byte[] now)
    {
        var settled = now.AsSpan().SequenceEqual(_seen);
        _seen = now;
        if (!settled || now.AsSpan().SequenceEqual(_taken))
        {
            return false;
        }

        _taken = now;
        return true;
    }
}
