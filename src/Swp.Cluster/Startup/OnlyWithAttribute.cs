using System.ComponentModel.DataAnnotations;

namespace Swp.Cluster.Startup;

/// <summary>A number that has no effect while another setting is zero.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OnlyWithAttribute(string other) : ValidationAttribute
{
    /// <summary>The other setting.</summary>
    public string Other { get; } = other;

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not 0 && validationContext.ObjectType.GetProperty(Other)!.GetValue(validationContext.ObjectInstance) is 0
            ? new ValidationResult($"it has no effect without {Other}.", [validationContext.MemberName!])
            : ValidationResult.Success;
}
