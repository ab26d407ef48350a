namespace Swp.Samples.His;

/// <summary>One page of the answer.</summary>
internal sealed record Page(string BusiType, int PageIndex, int Total, int Pages, IReadOnlyList<Item> Items);
