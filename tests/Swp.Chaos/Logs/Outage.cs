namespace Swp.Chaos.Logs;

/// <summary>A time in which a member does not serve, or not as it should.</summary>
/// <param name="Member">Its name.</param>
/// <param name="From">From here on a call that entered at it may lose its entry.</param>
/// <param name="Until">When it served again.</param>
internal sealed record Outage(string Member, TimeSpan From, TimeSpan Until);
