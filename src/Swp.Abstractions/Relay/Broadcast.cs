using Swp.Clients;

namespace Swp.Relay;

/// <summary>One message for every client of a type.</summary>
/// <param name="Type">The client type.</param>
/// <param name="Uuid">The correlation id: the same at every gateway, so that a client that moves meanwhile can tell.</param>
/// <param name="Data">Payload, already in the style its type asks for.</param>
[GenerateSerializer, Immutable, Alias("swp.Broadcast")]
public sealed record Broadcast(
    [property: Id(0)] string Type,
    [property: Id(1)] string Uuid,
    [property: Id(2)] JsonPayload Data);
