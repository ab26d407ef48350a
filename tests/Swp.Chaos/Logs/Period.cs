namespace Swp.Chaos.Logs;

/// <summary>A time from one moment to another.</summary>
internal readonly record struct Period(TimeSpan From, TimeSpan Until)
{
    public TimeSpan Length => Until - From;

    public bool Overlaps(TimeSpan from, TimeSpan until) => From <= until && from <= Until;

    /// <summary>How much of it lies in another.</summary>
    public TimeSpan Within(TimeSpan from, TimeSpan until)
    {
        var start = From > from ? From : from;
        var end = Until < until ? Until : until;
        return end > start ? end - start : TimeSpan.Zero;
    }
}
