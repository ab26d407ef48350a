using System.ComponentModel.DataAnnotations;

namespace Swp.Cluster.Startup;

/// <summary>A number that is no less than another setting.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtLeastAttribute(string other) : ValidationAttribute
{
    /// <summary>The other setting.</summary>
    public string Other { get; } = other;

    /// <summary>By how much more it has to be larger.</summary>
    public int Plus { get; set; }

    /// <summary>Whether zero is allowed as well.</summary>
    public bool OrZero { get; set; }

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var least = Plus + (long)(int)validationContext.ObjectType.GetProperty(Other)!.GetValue(validationContext.ObjectInstance)!;
        return value is int number && (number >= least || (OrZero && number == 0))
            ? ValidationResult.Success
            : new ValidationResult($"it must be at least {Other}{(Plus > 0 ? $" + {Plus}" : "")}, {least}{(OrZero ? ", or 0" : "")}.", [validationContext.MemberName!]);
    }
}
