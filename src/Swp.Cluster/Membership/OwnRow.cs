namespace Swp.Cluster.Membership;

/// <summary>
/// Judges whether the membership table has forgotten this member: its row is missing, or the table is older than it was, which is as bad because
/// the runtime takes nothing from a table until it has overtaken what is known. One look is no proof; a table that does not answer says nothing.
/// </summary>
internal sealed class OwnRow(TimeProvider time)
{
    /// <summary>How many readings in a row must agree.</summary>
    public const int Readings = 3;

    /// <summary>Over what time they must agree.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private long _newest;
    private int _doubts;
    private long _doubtedSince;

    /// <summary>Whether the last reading was a bad one.</summary>
    public bool IsDoubtful => _doubts > 0;

    /// <summary>Takes in what the table says.</summary>
    /// <param name="reading">What it says.</param>
    /// <param name="known">The newest version that this member has heard of from anybody.</param>
    /// <returns>What has been lost, in words, once that is certain; otherwise <see langword="null"/>.</returns>
    public string? Judge(TableReading reading, long known)
    {
        _newest = Math.Max(_newest, Math.Max(known, reading.Version));
        if (reading.Status is not null && reading.Version == _newest)
        {
            _doubts = 0;
            return null;
        }

        if (_doubts == 0)
        {
            _doubtedSince = time.GetTimestamp();
        }

        _doubts = Math.Min(_doubts + 1, Readings);
        if (_doubts < Readings || time.GetElapsedTime(_doubtedSince) < Patience)
        {
            return null;
        }

        return reading switch
        {
            { Version: 0 } => "the membership table is empty",
            { Status: null } => "the membership table has no row of this member",
            _ => $"the membership table has gone back from version {_newest} to {reading.Version}",
        };
    }
}
