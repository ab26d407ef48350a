using System.Text.Json.Serialization;

namespace Swp.Clinic.His;

/// <summary>
/// What a hospital system asks. Every member is optional on the wire; deployed systems send numbers as text and text as numbers, and both are read.
/// </summary>
public sealed record HisQuery
{
    /// <summary>The version of the client's own protocol. The catalog that ships takes no notice of it.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? VersionType { get; init; }

    /// <summary>What is asked for: one of <see cref="BusiTypes"/>, in any case.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? BusiType { get; init; }

    /// <summary>Only items of this category, in any case, for example <c>examination</c>. Everything when left out.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? ItemType { get; init; }

    /// <summary>
    /// Only items modified at this time or later, on the clinic's clock: <c>yyyy-MM-dd HH:mm:ss</c>, <c>yyyy-MM-ddTHH:mm:ss</c>,
    /// <c>yyyy-MM-dd HH:mm</c> or <c>yyyy-MM-dd</c>. Everything when left out.
    /// </summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? ModifyTime { get; init; }

    /// <summary>How many items a page holds: 1 to 200; 20 when left out.</summary>
    [JsonConverter(typeof(LenientInt32Converter))]
    public int? PageSize { get; init; }

    /// <summary>Which page, from 1; 1 when left out.</summary>
    [JsonConverter(typeof(LenientInt32Converter))]
    public int? PageIndex { get; init; }

    /// <summary>With <see cref="BusiTypes.Prescription"/>: only medicines of this kind, in any case: <c>western</c>, <c>patent</c> or <c>herbal</c>.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? MedicineType { get; init; }

    /// <summary>A kind of stock movement. The catalog that ships takes no notice of it.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? InventoryType { get; init; }

    /// <summary>An invoice of the hospital system. The catalog that ships takes no notice of it.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? HisInvoiceNumber { get; init; }

    /// <summary>The day that is asked about. The catalog that ships takes no notice of it.</summary>
    [JsonConverter(typeof(LenientStringConverter))]
    public string? QueryDate { get; init; }
}
