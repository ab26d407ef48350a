using System.Reflection;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Grains.Types;
using Swp.Silo;
using Swp.Standalone.Hosting;

namespace Swp.Deploy.Tests.Guide;

/// <summary>Every setting that a member reads, as the classes say that it is read into.</summary>
internal static class SettingsCatalogue
{
    /// <summary>The members' assemblies.</summary>
    public static readonly Assembly[] Members =
        [typeof(StartupException).Assembly, typeof(ClientTypeOptions).Assembly, typeof(GatewayOptions).Assembly, typeof(SiloListenOptions).Assembly, typeof(StandaloneOptions).Assembly];

    private static readonly Lazy<DocumentedSetting[]> Read = new(() =>
    [
        .. Members.SelectMany(assembly => assembly.GetTypes())
            .Select(type => (Type: type, Settings: type.GetCustomAttribute<SettingsOfAttribute>()))
            .Where(item => item.Settings is not null)
            .OrderBy(item => item.Settings!.Reader).ThenBy(item => item.Settings!.Section, StringComparer.Ordinal).ThenBy(item => item.Type.FullName, StringComparer.Ordinal)
            .SelectMany(item => Below(item.Type, item.Settings!.Reader, item.Settings.Section)),
    ]);

    public static IReadOnlyList<DocumentedSetting> All => Read.Value;

    /// <summary>Whether a name is a setting's; of a list, also that of one of its values.</summary>
    public static bool Has(string name)
    {
        var parts = name.Split(':').TakeWhile(part => !int.TryParse(part, out _)).ToArray();
        return All.Any(setting => setting.Parts.Length == parts.Length && setting.StartsWith(parts));
    }

    /// <summary>What comes before all names in the table of a reader.</summary>
    public static string Prefix(SettingReader reader) => reader switch
    {
        SettingReader.ClientType => "Swp:Types:{type}:",
        SettingReader.Framework => "",
        _ => "Swp:",
    };

    private static IEnumerable<DocumentedSetting> Below(Type type, SettingReader reader, string section)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.SetMethod?.IsPublic == true).ToArray();
        var instance = properties.Length == 0 ? null : Activator.CreateInstance(type);
        foreach (var property in properties)
        {
            var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var name = $"{section}:{property.Name}";
            foreach (var setting in kind.IsClass && kind != typeof(string) ? Below(kind, reader, name) : [Make(property, kind, reader, name, property.GetValue(instance))])
            {
                yield return setting;
            }
        }

        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.GetCustomAttribute<SettingAttribute>() is not null))
        {
            var text = (string)field.GetRawConstantValue()!;
            var isWhole = reader == SettingReader.Framework || text.StartsWith("Swp:", StringComparison.Ordinal);
            yield return Make(field, typeof(string), reader, isWhole ? text : $"{section}:{text}", null);
        }
    }

    private static DocumentedSetting Make(MemberInfo member, Type type, SettingReader reader, string name, object? value)
    {
        var range = SettingWords.Range(member, type);
        var @default = SettingWords.Default(member, value);
        var meaning = SettingWords.Meaning(member, XmlSummaries.Of(member), range, @default);
        return new DocumentedSetting(reader, name, name[Prefix(reader).Length..], SettingWords.Unit(member, type), range, @default, meaning);
    }
}
