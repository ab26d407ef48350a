using Orleans.Runtime;

namespace Swp.Cluster.Membership;

/// <summary>What the membership table says of this member, when it answers.</summary>
/// <param name="Status">The status in this member's row; <see langword="null"/> when there is none.</param>
/// <param name="Version">The table's version; 0 when there is no table.</param>
internal readonly record struct TableReading(SiloStatus? Status, long Version);
