using Swp.Clients;

namespace Swp.Overview;

/// <summary>An owner, for whoever looks at the whole cluster.</summary>
[GenerateSerializer, Immutable, Alias("swp.OwnerReport")]
public sealed record OwnerReport
{
    /// <summary>Whether it is going away.</summary>
    [Id(0)]
    public required bool IsDraining { get; init; }

    /// <summary>How many clients it holds that are connected.</summary>
    [Id(1)]
    public required int Clients { get; init; }

    /// <summary>How many calls wait for their client, or its answer.</summary>
    [Id(2)]
    public required int ActiveCalls { get; init; }

    /// <summary>How many attempts of calls have ended since it started, by the number of their <see cref="CallOutcome"/>.</summary>
    [Id(3)]
    public required long[] Calls { get; init; }

    /// <summary>How many completed requests took how long: the counts of a histogram's buckets, the last one for what is longer than all of them.</summary>
    [Id(4)]
    public required long[] Durations { get; init; }
}
