namespace Swp.Cli.Api;

/// <summary>A client that is connected.</summary>
internal sealed record ConnectedClient(string Type, string Id, string Gateway, DateTimeOffset ConnectedAt, string? RemoteAddress);
