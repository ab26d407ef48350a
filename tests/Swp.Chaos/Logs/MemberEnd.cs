namespace Swp.Chaos.Logs;

/// <summary>The end of a member's process.</summary>
/// <param name="Member">Its name.</param>
/// <param name="At">When.</param>
/// <param name="ExitCode">With which code.</param>
/// <param name="Planned">Whether the schedule ended it, or expected it to end.</param>
internal sealed record MemberEnd(string Member, TimeSpan At, int ExitCode, bool Planned);
