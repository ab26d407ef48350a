using System.Collections.Immutable;

namespace Swp.Gateway.Pages;

/// <summary>The files of all pages: the folder <c>Web</c> beside this file, which is built into the assembly. A file that is put there is served.</summary>
internal static class PageFiles
{
    // The name that the project file gives to what it embeds.
    private const string Prefix = "web/";

    /// <summary>Reads them.</summary>
    public static ImmutableArray<PageFile> Read()
    {
        var assembly = typeof(PageFiles).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(ReadOne)];

        PageFile ReadOne(string name)
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var content = new byte[resource.Length];
            resource.ReadExactly(content);
            return new PageFile(name[Prefix.Length..], content);
        }
    }
}
