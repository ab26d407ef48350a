namespace Swp.Bench.Reports.Measurements;

/// <summary>How a row of a table is called.</summary>
public static class RowLabel
{
    /// <summary><c>swp-split, callers in an owner</c>, or only the contender where it has one row.</summary>
    public static string Of(string contender, string? variant) => variant is null ? contender : $"{contender}, {variant}";
}
