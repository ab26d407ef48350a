using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Swp.Grains.Types;

/// <summary>The names below <c>Swp:Types</c>: one that nobody reads stops the start, because a limit that is ignored in silence is believed to hold.</summary>
internal static class ClientTypeSettings
{
    public const string Section = "Swp:Types";

    private static readonly HashSet<string> Names = [.. typeof(ClientTypeOptions).GetProperties().Select(property => property.Name)];

    /// <summary>Checks the settings of one type.</summary>
    /// <exception cref="OptionsValidationException">A name is unknown.</exception>
    public static void CheckNames(string type, IConfiguration configuration)
    {
        var unknown = configuration.GetSection($"{Section}:{type}").GetChildren().FirstOrDefault(setting => !Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            Fail(type, $"{unknown.Path} = {unknown.Value}: this version has no such setting. It has: {string.Join(", ", Names.Order())}.");
        }
    }

    /// <summary>Checks that every configured type is served.</summary>
    /// <exception cref="OptionsValidationException">One is not.</exception>
    public static void CheckTypes(IEnumerable<string> served, IConfiguration configuration)
    {
        var names = served.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var unknown = configuration.GetSection(Section).GetChildren().FirstOrDefault(type => !names.Contains(type.Key));
        if (unknown is not null)
        {
            Fail(unknown.Key, $"{unknown.Path}: no such client type. Served are: {string.Join(", ", names.Order())}.");
        }
    }

    private static void Fail(string type, string message) => throw new OptionsValidationException(type, typeof(ClientTypeOptions), [message]);
}
