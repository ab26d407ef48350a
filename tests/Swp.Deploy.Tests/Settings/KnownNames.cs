using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;
using Swp.Deploy.Tests.Guide;

namespace Swp.Deploy.Tests.Settings;

/// <summary>Whether a setting is one that a member reads: by the members' own check, and by the classes it is read into.</summary>
internal static class KnownNames
{
    /// <summary>Fails when a setting is not known.</summary>
    public static void Check(IConfiguration configuration)
    {
        KnownSettings.Check(configuration);
        Assert.All(configuration.GetSection("Swp").GetChildren().SelectMany(Leaves), leaf => Assert.True(SettingsCatalogue.Has(leaf.Path), $"{leaf.Path} is read by nobody."));
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section)
    {
        var children = section.GetChildren().ToArray();
        return children.Length == 0 ? [section] : children.SelectMany(Leaves);
    }
}
