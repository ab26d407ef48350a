using Swp.Cluster.Startup;

namespace Swp.Deploy.Tests.Guide;

/// <summary>The part of the guide that is made of the code.</summary>
internal static class SettingsTable
{
    public const string Begin = "<!-- settings: made of the code, see the end -->";
    public const string End = "<!-- settings: end. SWP_WRITE_DOCS=1 dotnet run --project tests/Swp.Deploy.Tests -- --filter-class '*SettingsTableTests' writes them anew -->";

    private static readonly Dictionary<SettingReader, string> Headings = new()
    {
        [SettingReader.Member] = "Every member: `Swp:…`",
        [SettingReader.Gateway] = "Gateways and standalone: `Swp:…`",
        [SettingReader.Owner] = "Owners: `Swp:…`",
        [SettingReader.Standalone] = "Standalone: `Swp:…`",
        [SettingReader.ClientType] = "A client type, on owners and standalone: `Swp:Types:{type}:…`",
        [SettingReader.Framework] = "Every member, not below `Swp`",
    };

    public static string Text => string.Concat(SettingsCatalogue.All.GroupBy(setting => setting.Reader).Select(group => $"""

        ### {Headings[group.Key]}

        | setting | unit | range | default | |
        |---|---|---|---|---|
        {string.Join('\n', group.Select(setting => setting.Row))}

        """)).ReplaceLineEndings("\n");
}
