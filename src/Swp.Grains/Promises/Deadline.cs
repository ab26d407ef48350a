namespace Swp.Grains.Promises;

/// <summary>Something that happens at a time, unless it is disarmed: a node of the <see cref="DeadlineWheel"/>, which alone touches its links.</summary>
internal abstract class Deadline
{
    internal Deadline? Next { get; set; }

    internal Deadline? Previous { get; set; }

    internal long DueTick { get; set; }

    internal bool IsArmed { get; set; }

    /// <summary>The time has come. Runs on the wheel's thread: it must be quick and must not throw.</summary>
    public abstract void Expire();
}
