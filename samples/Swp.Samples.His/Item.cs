namespace Swp.Samples.His;

/// <summary>One row of the answer.</summary>
internal sealed record Item(
    string? Code = null,
    string? Name = null,
    string? ItemType = null,
    string? Spec = null,
    string? Unit = null,
    decimal? Price = null,
    string? ModifyTime = null);
