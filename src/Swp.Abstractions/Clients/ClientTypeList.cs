namespace Swp.Clients;

/// <summary>The client types of the cluster.</summary>
/// <param name="Types">The types, by name.</param>
/// <param name="Failed">How many gateways did not answer: their clients are not counted.</param>
[GenerateSerializer, Immutable, Alias("swp.ClientTypeList")]
public sealed record ClientTypeList(
    [property: Id(0)] ClientTypeStatus[] Types,
    [property: Id(1)] int Failed);
