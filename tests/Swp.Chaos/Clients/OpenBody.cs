namespace Swp.Chaos.Clients;

/// <summary>The data of an OPEN.</summary>
internal sealed record OpenBody(string ClientId);
