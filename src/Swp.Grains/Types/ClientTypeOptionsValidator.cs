using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Swp.Grains.Types;

/// <summary>Stops the host with the setting, its value and the rule it breaks.</summary>
internal sealed class ClientTypeOptionsValidator : IValidateOptions<ClientTypeOptions>
{
    /// <summary>The frame around the largest payload, and a little that waits before it: one broadcast of what is allowed must close nobody.</summary>
    private const int EnvelopeBytes = 4 * 1024;

    public ValidateOptionsResult Validate(string? name, ClientTypeOptions options)
    {
        var failures = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true);
        if (options.OutboundBufferBytes - EnvelopeBytes < options.MaxMessageBytes)
        {
            failures.Add(new ValidationResult(
                $"it must hold a message of MaxMessageBytes and what goes around it: {options.MaxMessageBytes + EnvelopeBytes} at least.", [nameof(options.OutboundBufferBytes)]));
        }

        if (options.MessageBurst > 0 && options.MessagesPerSecond == 0)
        {
            failures.Add(new ValidationResult("it has no effect without MessagesPerSecond.", [nameof(options.MessageBurst)]));
        }

        if (options.ByteBurst > 0 && options.BytesPerSecond == 0)
        {
            failures.Add(new ValidationResult("it has no effect without BytesPerSecond.", [nameof(options.ByteBurst)]));
        }
        else if (options.ByteBurst > 0 && options.ByteBurst < options.MaxMessageBytes)
        {
            failures.Add(new ValidationResult("it must let through at least one message of MaxMessageBytes.", [nameof(options.ByteBurst)]));
        }

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
