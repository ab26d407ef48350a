using System.Text.Json.Serialization;

namespace Swp.Gateway.Api;

/// <summary>The client types of the cluster.</summary>
internal sealed record ClientTypesBody
{
    /// <summary>The types, by name.</summary>
    public required ClientTypeBody[] Types { get; init; }

    /// <summary>How many gateways did not answer; left out when all did. Their clients are not counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; init; }
}
