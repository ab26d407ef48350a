using System.Collections.Frozen;
using Swp.Grains.Services;

namespace Swp.Clinic.His;

/// <summary>A catalog that holds all its items in memory, in the order they are paged in.</summary>
internal sealed class ItemCatalog : IItemCatalog
{
    private readonly FrozenDictionary<string, (string Name, Item[] Items)> _items;
    private readonly string _known;

    public ItemCatalog(IReadOnlyDictionary<string, IReadOnlyList<Item>> items)
    {
        // Oldest first: a client that keeps the last modifyTime it saw can go on from there.
        _items = items.ToFrozenDictionary(
            entry => entry.Key,
            entry => (entry.Key, entry.Value.OrderBy(item => item.ModifyTime).ThenBy(item => item.Code, StringComparer.Ordinal).ToArray()),
            StringComparer.OrdinalIgnoreCase);
        _known = string.Join(", ", items.Keys);
    }

    public ValueTask<ItemPage> FindAsync(HisQuery query, CancellationToken cancellationToken = default)
    {
        var (busiType, items) = Select(query.BusiType?.Trim());
        var filter = ItemFilter.Create(busiType, query);
        var matches = Array.FindAll(items, filter.Matches);
        var start = Math.Min((long)(filter.PageIndex - 1) * filter.PageSize, matches.Length);
        return new(new ItemPage
        {
            BusiType = busiType,
            PageIndex = filter.PageIndex,
            PageSize = filter.PageSize,
            Total = matches.Length,
            Pages = (matches.Length + filter.PageSize - 1) / filter.PageSize,
            Items = [.. matches.AsSpan((int)start).Slice(0, Math.Min(filter.PageSize, matches.Length - (int)start))],
        });
    }

    private (string Name, Item[] Items) Select(string? busiType)
    {
        if (string.IsNullOrEmpty(busiType))
        {
            throw new QueryException($"busiType is missing. Known: {_known}.");
        }

        return _items.TryGetValue(busiType, out var entry)
            ? entry
            : throw new QueryException($"busiType {Quote.Value(busiType)} is unknown. Known: {_known}.");
    }
}
