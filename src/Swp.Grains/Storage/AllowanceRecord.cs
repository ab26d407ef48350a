namespace Swp.Grains.Storage;

/// <summary>What a client had used up of its limits when the record was written: when all of it may be used again, by the wall clock.</summary>
[GenerateSerializer, Immutable, Alias("swp.AllowanceRecord")]
internal sealed record AllowanceRecord(
    [property: Id(0)] DateTimeOffset MessagesAt,
    [property: Id(1)] DateTimeOffset BytesAt)
{
    /// <summary>The later of each: what either has counted is used up.</summary>
    public static AllowanceRecord? Merge(AllowanceRecord? a, AllowanceRecord? b) => a is null || b is null
        ? a ?? b
        : new AllowanceRecord(Later(a.MessagesAt, b.MessagesAt), Later(a.BytesAt, b.BytesAt));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
