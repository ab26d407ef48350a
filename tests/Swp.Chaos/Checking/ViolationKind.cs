namespace Swp.Chaos.Checking;

internal enum ViolationKind
{
    /// <summary>A call had no outcome in time.</summary>
    Hung,

    /// <summary>Something that was told is not true, or something that was promised did not happen.</summary>
    Wrong,

    /// <summary>A process ended that nobody had planned to end.</summary>
    Unplanned,
}
