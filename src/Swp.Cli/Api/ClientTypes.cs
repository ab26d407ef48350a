namespace Swp.Cli.Api;

/// <summary>The client types of the cluster.</summary>
internal sealed record ClientTypes(ClientTypeEntry[] Types, int Failed);
