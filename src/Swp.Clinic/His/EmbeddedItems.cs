using System.Text.Json;

namespace Swp.Clinic.His;

/// <summary>The items that ship with this library.</summary>
internal static class EmbeddedItems
{
    /// <summary>Reads them, by <see cref="BusiTypes"/>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Item>> Load() => BusiTypes.All.ToDictionary(busiType => busiType, Read);

    private static IReadOnlyList<Item> Read(string busiType)
    {
        var name = $"Swp.Clinic.His.Data.{busiType}.json";
        using var stream = typeof(EmbeddedItems).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing.");
        return JsonSerializer.Deserialize<Item[]>(stream, HisJson.Options)
            ?? throw new InvalidOperationException($"The resource {name} is empty.");
    }
}
