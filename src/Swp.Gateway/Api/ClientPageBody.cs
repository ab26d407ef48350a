using System.Text.Json.Serialization;

namespace Swp.Gateway.Api;

/// <summary>A page of the clients that are connected.</summary>
internal sealed record ClientPageBody
{
    /// <summary>The clients. There may be fewer than the limit, and even none, on a page that is not the last one.</summary>
    public required ConnectedClientBody[] Clients { get; init; }

    /// <summary>The cursor of the next page; null on the last one.</summary>
    public required string? Next { get; init; }

    /// <summary>How many gateways did not answer; left out when all did. Their clients are missing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; init; }
}
