namespace Swp.Cli.Doctoring;

/// <summary>One thing that was found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="What">What is so.</param>
/// <param name="Why">Why it matters; of what is well nothing.</param>
/// <param name="Do">What to do.</param>
internal sealed record Finding(Severity Severity, string What, string? Why = null, string? Do = null);
