using Microsoft.Extensions.Configuration;

namespace Swp.Cluster.Startup;

/// <summary>A setting with several values: a list (<c>Scopes:0</c>, <c>Scopes:1</c>, or an array of JSON), or one text with commas between them.</summary>
internal static class SettingList
{
    private static readonly char[] Separators = [',', ' ', '\t'];

    /// <summary>The values.</summary>
    public static IReadOnlyList<string> Of(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => child.Value).Prepend(section.Value).SelectMany(Split)];

    private static string[] Split(string? text) =>
        text?.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
