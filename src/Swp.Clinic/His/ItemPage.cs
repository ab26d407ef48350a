namespace Swp.Clinic.His;

/// <summary>One page of items.</summary>
public sealed record ItemPage
{
    /// <summary>What was asked for, spelled as in <see cref="BusiTypes"/>.</summary>
    public required string BusiType { get; init; }

    /// <summary>Which page this is, from 1. A page after the last one is empty.</summary>
    public required int PageIndex { get; init; }

    /// <summary>How many items a full page holds.</summary>
    public required int PageSize { get; init; }

    /// <summary>How many items match on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>How many pages they fill; 0 when nothing matches.</summary>
    public required int Pages { get; init; }

    /// <summary>The items of this page, oldest modification first.</summary>
    public required IReadOnlyList<Item> Items { get; init; }
}
