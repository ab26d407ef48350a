namespace Swp.Samples.His;

/// <summary>What the hospital system asks.</summary>
internal sealed record PageQuery
{
    public string VersionType { get; init; } = "1.0";

    public required string BusiType { get; init; }

    public string? ItemType { get; init; }

    public string? ModifyTime { get; init; }

    public string? MedicineType { get; init; }

    public int PageSize { get; init; } = 20;

    public int PageIndex { get; init; } = 1;
}
