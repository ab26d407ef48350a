using System.Text.Json.Serialization;

namespace Swp.Clinic.His;

/// <summary>Something a clinic charges for, diagnoses, prescribes or uses up.</summary>
public sealed record Item
{
    /// <summary>Its code, unique within its <see cref="BusiTypes"/>; for a diagnosis the ICD-10 code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its category, for example <c>examination</c>.</summary>
    public required string ItemType { get; init; }

    /// <summary>For a medicine: <c>western</c>, <c>patent</c> or <c>herbal</c>.</summary>
    public string? MedicineType { get; init; }

    /// <summary>Its specification, for example <c>0.25g×24粒</c>.</summary>
    public string? Spec { get; init; }

    /// <summary>What it is counted in, for example <c>盒</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The price of one unit, in yuan.</summary>
    public decimal? Price { get; init; }

    /// <summary>When it was last modified, on the clinic's clock: <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    [JsonConverter(typeof(ClinicTimeConverter))]
    public required DateTime ModifyTime { get; init; }
}
