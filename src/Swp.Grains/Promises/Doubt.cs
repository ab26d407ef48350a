namespace Swp.Grains.Promises;

/// <summary>When a call was made whose earlier owner is lost: whether a connection that is here now is the only one that can have seen it.</summary>
/// <param name="MadeAtUptime">By this machine's uptime. Not earlier than it was: the time its question was under way is not counted.</param>
/// <param name="MadeAt">By its caller's clock.</param>
internal sealed record Doubt(TimeSpan MadeAtUptime, DateTimeOffset MadeAt);
