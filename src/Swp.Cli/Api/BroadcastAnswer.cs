namespace Swp.Cli.Api;

/// <summary>How far a message for all came.</summary>
internal sealed record BroadcastAnswer(int Gateways, int Clients, int Failed);
