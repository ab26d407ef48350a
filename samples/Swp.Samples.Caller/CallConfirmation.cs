namespace Swp.Samples.Caller;

/// <summary>The screen's answer to a call.</summary>
internal sealed record CallConfirmation(bool Shown, string? CallCode);
