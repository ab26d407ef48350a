namespace Swp.Cli.Watching;

/// <summary>How often something happens, and how often it has since the watch began.</summary>
internal sealed record CountRate(double PerSecond, long Total);
