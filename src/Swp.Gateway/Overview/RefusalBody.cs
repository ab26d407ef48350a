using System.Text.Json;
using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>Who was refused for the same reason from the same place.</summary>
internal sealed record RefusalBody
{
    /// <summary>handshake, open or api.</summary>
    public required string Kind { get; init; }

    /// <summary>Why: of a handshake what is counted at /metrics, or forbidden_origin or unknown_client_type; of an OPEN its error code; of the API what the audit log says.</summary>
    public required string Reason { get; init; }

    /// <summary>The client type; null where there is none.</summary>
    public required string? Type { get; init; }

    /// <summary>From which network address; null for those that are not told apart.</summary>
    public required string? Address { get; init; }

    /// <summary>How often.</summary>
    public required long Count { get; init; }

    /// <summary>The first time.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>The last time.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The name of the gateway.</summary>
    public required string Gateway { get; init; }

    public static RefusalBody From(Refusal refusal, string gateway) => new()
    {
        Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.Kind.ToString()),
        Reason = refusal.Reason,
        Type = refusal.Type,
        Address = refusal.Address,
        Count = refusal.Count,
        FirstAt = refusal.FirstAt,
        LastAt = refusal.LastAt,
        Gateway = gateway,
    };
}
