namespace Swp.Cli.Doctoring;

/// <summary>All that was found, for programs.</summary>
internal sealed record DoctorReport(bool Healthy, Finding[] Findings);
