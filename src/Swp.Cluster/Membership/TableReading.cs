namespace Swp.Cluster.Membership;

/// <summary>What the membership table says of this member, when it answers.</summary>
/// <param name="HasRow">Whether there is a row of this member, whatever its status.</param>
/// <param name="Version">The table's version; 0 when there is no table.</param>
internal readonly record struct TableReading(bool HasRow, long Version);
