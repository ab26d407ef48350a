using Swp.Clients;

namespace Swp.Relay;

/// <summary>Some of the open connections of one gateway.</summary>
/// <param name="Clients">Who they are.</param>
/// <param name="Last">Where they end.</param>
/// <param name="HasMore">Whether there are more behind.</param>
[GenerateSerializer, Immutable, Alias("swp.OpenConnections")]
public sealed record OpenConnections(
    [property: Id(0)] ConnectedClient[] Clients,
    [property: Id(1)] ConnectionPosition Last,
    [property: Id(2)] bool HasMore);
