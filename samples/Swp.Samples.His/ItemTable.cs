using System.Globalization;
using Swp.Devices;
using Swp.Samples.Common;

namespace Swp.Samples.His;

/// <summary>Items as lines of a table.</summary>
internal static class ItemTable
{
    private static readonly string[] Header = ["code", "name", "itemType", "spec", "unit", "price", "modifyTime"];

    public static IEnumerable<string> Format(IReadOnlyList<Item> items)
    {
        List<string[]> rows = [Header, .. items.Select(Cells)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => Terminal.Width(row[column]))).ToArray();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => Terminal.Pad(cell, widths[column]))).TrimEnd());
    }

    private static string[] Cells(Item item) =>
    [
        Text(item.Code), Text(item.Name), Text(item.ItemType), Text(item.Spec), Text(item.Unit),
        item.Price?.ToString("0.00", CultureInfo.InvariantCulture) ?? "", Text(item.ModifyTime),
    ];

    private static string Text(string? value) => Terminal.Clean(value ?? "");
}
