using System.Text.Json.Serialization;

namespace Swp.Gateway.Api;

/// <summary>What the body of a ban may say. A misspelt member is refused: a ban that was to end must not last for ever.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BanBody
{
    /// <summary>For ever when left out.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>At most 200 characters; the client is told.</summary>
    public string? Reason { get; init; }
}
