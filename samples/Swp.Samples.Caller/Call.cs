namespace Swp.Samples.Caller;

/// <summary>What the screen shows of a call; a call says more.</summary>
internal sealed record Call(string? CallCode = null, string? PatientName = null, string? DoctorName = null, string? WindowId = null);
