using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Swp.Grains.Types;

/// <summary>Stops the host with the setting, its value and the rule it breaks.</summary>
internal sealed class ClientTypeOptionsValidator : IValidateOptions<ClientTypeOptions>
{
    public ValidateOptionsResult Validate(string? name, ClientTypeOptions options)
    {
        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true);
        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => Describe(name, options, failure)));
    }

    private static string Describe(string? name, ClientTypeOptions options, ValidationResult failure)
    {
        var property = failure.MemberNames.FirstOrDefault() ?? "";
        var value = typeof(ClientTypeOptions).GetProperty(property)?.GetValue(options);
        return $"Swp:Types:{name}:{property} = {value}: {failure.ErrorMessage}";
    }
}
