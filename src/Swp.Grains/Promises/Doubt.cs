namespace Swp.Grains.Promises;

/// <summary>
/// When a call was made whose earlier owner is lost, in this machine's uptime: whether what is here now is the only one that can have seen it.
/// </summary>
/// <param name="Earliest">Not earlier than this.</param>
internal sealed record Doubt(TimeSpan Earliest)
{
    // Clocks of different machines are this much apart at most, or the age alone decides.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(2);

    /// <summary>From what its caller says.</summary>
    /// <param name="age">How old it was when the caller asked: the time the question was under way is not counted.</param>
    /// <param name="sinceByClock">How old it is by the two machines' wall clocks.</param>
    /// <param name="now">The uptime.</param>
    public static Doubt From(TimeSpan age, TimeSpan sinceByClock, TimeSpan now) =>
        new(now - (sinceByClock > age ? sinceByClock : age) - ClockSkew);
}
