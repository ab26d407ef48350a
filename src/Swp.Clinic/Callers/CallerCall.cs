namespace Swp.Clinic.Callers;

/// <summary>Calls a patient to a window: what a backend service sends to a queue-calling screen. Every member may be left out.</summary>
public sealed record CallerCall
{
    /// <summary>The number that is called, for example <c>A12</c>.</summary>
    public string? CallCode { get; init; }

    /// <summary>The patient's id.</summary>
    public string? PatientId { get; init; }

    /// <summary>The patient's name, as the screen shows it.</summary>
    public string? PatientName { get; init; }

    /// <summary>The patient's phone number.</summary>
    public string? PatientPhone { get; init; }

    /// <summary>The doctor's id.</summary>
    public string? DoctorId { get; init; }

    /// <summary>The doctor's name, as the screen shows it.</summary>
    public string? DoctorName { get; init; }

    /// <summary>The window or room the patient is to go to.</summary>
    public string? WindowId { get; init; }
}
