using Swp.Relay;

namespace Swp.Clients;

/// <summary>A client type.</summary>
/// <param name="Type">Its name and the limits that are in force.</param>
/// <param name="Connected">How many connections of it are open, over all gateways that answered.</param>
[GenerateSerializer, Immutable, Alias("swp.ClientTypeStatus")]
public sealed record ClientTypeStatus(
    [property: Id(0)] ClientTypeDescription Type,
    [property: Id(1)] int Connected);
