using System.Text.Json.Serialization;

namespace Swp.Gateway.Api;

/// <summary>What did not end well: problem details (RFC 9457).</summary>
internal sealed record ProblemBody
{
    /// <summary><c>urn:swp:outcome:</c> and the outcome of what was asked, or another <c>urn:swp:</c> when it was not asked of anybody.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>How it ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Outcome { get; init; }

    /// <summary>Whether the same may be asked again without risk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Retryable { get; init; }

    /// <summary>With <c>not_connected</c>: when the client was last heard of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastSeen { get; init; }

    /// <summary>The correlation id the client saw, when a frame was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uuid { get; init; }

    /// <summary>From the call to its outcome.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ElapsedMs { get; init; }
}
