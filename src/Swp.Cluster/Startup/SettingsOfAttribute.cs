namespace Swp.Cluster.Startup;

/// <summary>
/// A class whose properties, or constants with a <see cref="SettingAttribute"/>, are settings. The table in <c>docs/operations.md</c> is made of such classes:
/// of their summaries, ranges and defaults.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SettingsOfAttribute(SettingReader reader, string section = "Swp") : Attribute
{
    /// <summary>Who reads them.</summary>
    public SettingReader Reader { get; } = reader;

    /// <summary>Where they stand.</summary>
    public string Section { get; } = section;
}
