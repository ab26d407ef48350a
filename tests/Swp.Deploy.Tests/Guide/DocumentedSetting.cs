using Swp.Cluster.Startup;

namespace Swp.Deploy.Tests.Guide;

/// <summary>A row of the table of settings.</summary>
/// <param name="Reader">Who reads it.</param>
/// <param name="Name">Its whole name.</param>
/// <param name="ShortName">Its name in the table of its readers.</param>
/// <param name="Unit">What it counts, or what kind of text it is.</param>
/// <param name="Range">What it may be.</param>
/// <param name="Default">What holds without it.</param>
/// <param name="Meaning">What it is for.</param>
internal sealed record DocumentedSetting(SettingReader Reader, string Name, string ShortName, string Unit, string Range, string Default, string Meaning)
{
    public string[] Parts { get; } = Name.Split(':');

    /// <summary>Whether it is, or stands below, a name. <c>{type}</c> stands for any one, on both sides.</summary>
    public bool StartsWith(string[] parts) =>
        parts.Length <= Parts.Length && Parts.Zip(parts).All(pair => pair.First[0] == '{' || pair.Second[0] == '{' || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));

    public string Row => $"| `{ShortName}` | {Unit} | {Range} | {Default} | {Meaning} |";
}
