using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>The older generation's own call. Its callers send numbers and strings alike.</summary>
internal sealed record CallerCallBody
{
    public JsonElement ClinicId { get; init; }

    public JsonElement CallCode { get; init; }

    public JsonElement PatientId { get; init; }

    public JsonElement PatientName { get; init; }

    public JsonElement PatientPhone { get; init; }

    public JsonElement DoctorId { get; init; }

    public JsonElement DoctorName { get; init; }

    public JsonElement WindowId { get; init; }
}
