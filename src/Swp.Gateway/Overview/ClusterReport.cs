namespace Swp.Gateway.Overview;

/// <summary>What all members said at one time.</summary>
/// <param name="At">When they were asked.</param>
/// <param name="Stamp">The same on the clock that is never set.</param>
/// <param name="Nodes">What each said.</param>
internal sealed record ClusterReport(DateTimeOffset At, long Stamp, IReadOnlyList<NodeReport> Nodes);
