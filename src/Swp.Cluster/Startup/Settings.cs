using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Swp.Cluster.Startup;

/// <summary>Reads a section of the configuration, or says which setting breaks which rule.</summary>
public static class Settings
{
    /// <summary>Reads and validates a section.</summary>
    /// <exception cref="StartupException">A value cannot be read, or breaks its rule.</exception>
    public static T Read<T>(IConfiguration configuration, string section = "Swp")
        where T : class, new()
    {
        T options;
        try
        {
            options = configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException(e.Message, e);
        }

        Validate(options, section);
        return options;
    }

    private static void Validate(object options, string section)
    {
        var failures = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true))
        {
            var failure = failures[0];
            var property = failure.MemberNames.FirstOrDefault() ?? "";
            throw new StartupException($"{section}:{property} = {options.GetType().GetProperty(property)?.GetValue(options)}: {failure.ErrorMessage}");
        }
    }
}
