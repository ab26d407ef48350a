using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;
using Swp.Gateway.Hosting;
using Swp.Standalone.Hosting;

namespace Swp.Deploy.Tests.Settings;

/// <summary>Whether a setting is one that a member reads: the first part of its name by the members' own check, the rest by the classes it is read into.</summary>
internal static class KnownNames
{
    private static readonly Assembly[] Members =
        [typeof(StartupException).Assembly, typeof(GatewayOptions).Assembly, typeof(Swp.Silo.SiloListenOptions).Assembly, typeof(StandaloneOptions).Assembly, typeof(Swp.Grains.Types.ClientTypeOptions).Assembly];

    // Read into the section itself; SiloListenOptions is Listen of an owner.
    private static readonly Type[] Roots = [.. Members.SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.Name.Contains("ClientType", StringComparison.Ordinal))];

    /// <summary>Fails when a setting is not known.</summary>
    public static void Check(IConfiguration configuration)
    {
        KnownSettings.Check(configuration);
        foreach (var setting in configuration.GetSection("Swp").GetChildren())
        {
            CheckBelow(setting);
        }
    }

    private static void CheckBelow(IConfigurationSection section)
    {
        var properties = section.Key == "Types"
            ? [typeof(Dictionary<string, Swp.Grains.Types.ClientTypeOptions>)]
            : Roots.Select(type => PropertyOf(type, section.Key)?.PropertyType).OfType<Type>().ToArray();
        foreach (var leaf in Leaves(section).Where(leaf => leaf.Path != section.Path && properties.Length > 0))
        {
            var parts = leaf.Path[(section.Path.Length + 1)..].Split(':');
            Assert.True(properties.Any(type => IsReadable(type, parts)), $"{leaf.Path} is read by nobody.");
        }
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToArray();
        return children.Length == 0 ? [section] : children.SelectMany(Leaves);
    }

    private static bool IsReadable(Type type, ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
        {
            return true;
        }

        if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
        {
            var element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];
            return IsReadable(element, parts[1..]);
        }

        return PropertyOf(type, parts[0]) is { } property && IsReadable(property.PropertyType, parts[1..]);
    }

    private static PropertyInfo? PropertyOf(Type type, string name) => type.GetProperties().FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
