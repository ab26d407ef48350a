namespace Swp.Cli.Watching;

/// <summary>One type: how many are connected in the cluster, and what the watched members did with it a second.</summary>
internal sealed record TypeRates(string Type, int Connected, double OpenedPerSecond, double ClosedPerSecond, double ReceivedPerSecond, double SentPerSecond, double CallsPerSecond);
