using System.Text.Json.Serialization;

namespace Swp.Gateway.Api;

/// <summary>How far a broadcast came.</summary>
internal sealed record BroadcastAnswerBody
{
    /// <summary>How many gateways have done it.</summary>
    public required int Gateways { get; init; }

    /// <summary>How many connections have it in their outgoing queue.</summary>
    public required int Clients { get; init; }

    /// <summary>How many gateways did not answer; left out when all did. Their clients may have got it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Failed { get; init; }
}
