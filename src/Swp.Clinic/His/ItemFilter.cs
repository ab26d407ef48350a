using Swp.Grains.Services;

namespace Swp.Clinic.His;

/// <summary>Which items of a <see cref="BusiTypes"/> a query wants, with its members checked.</summary>
internal sealed record ItemFilter(string? ItemType, string? MedicineType, DateTime? ModifiedSince, int PageIndex, int PageSize)
{
    public const int DefaultPageSize = 20;
    public const int MaxPageSize = 200;

    /// <exception cref="QueryException">A member is out of its range.</exception>
    public static ItemFilter Create(string busiType, HisQuery query)
    {
        var pageIndex = query.PageIndex ?? 1;
        if (pageIndex < 1)
        {
            throw new QueryException("pageIndex starts at 1.");
        }

        var pageSize = query.PageSize ?? DefaultPageSize;
        if (pageSize is < 1 or > MaxPageSize)
        {
            throw new QueryException($"pageSize is 1 to {MaxPageSize}.");
        }

        // Only medicines have a kind; systems that fill the member in for every query mean nothing by it elsewhere.
        var medicineType = busiType == BusiTypes.Prescription ? Text(query.MedicineType) : null;
        return new(Text(query.ItemType), medicineType, ParseTime(query.ModifyTime), pageIndex, pageSize);
    }

    public bool Matches(Item item) =>
        (ItemType is null || ItemType.Equals(item.ItemType, StringComparison.OrdinalIgnoreCase))
        && (MedicineType is null || MedicineType.Equals(item.MedicineType, StringComparison.OrdinalIgnoreCase))
        && (ModifiedSince is null || item.ModifyTime >= ModifiedSince);

    private static DateTime? ParseTime(string? value)
    {
        if (Text(value) is not { } text)
        {
            return null;
        }

        return ClinicTime.TryParse(text, out var time)
            ? time
            : throw new QueryException(
                $"modifyTime {Quote.Value(text)} is no time: write yyyy-MM-dd HH:mm:ss, yyyy-MM-ddTHH:mm:ss, yyyy-MM-dd HH:mm or yyyy-MM-dd.");
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
