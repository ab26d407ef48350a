using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>What <see cref="CallerCallEndpoint"/> writes, for its description: the client's answer as a <c>swp.v1</c> object, or a code and words.</summary>
internal sealed record CallerAnswerBody
{
    /// <summary>The client's own code (<c>"0"</c> for success), or <c>SWP_00001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The client's own words, or what went wrong.</summary>
    public string? Msg { get; init; }

    /// <summary>Of an answer: <c>0002</c>.</summary>
    public string? SessionType { get; init; }

    /// <summary>Of an answer: the server's clock, ms since the Unix epoch.</summary>
    public long? SessionTime { get; init; }

    /// <summary>The client's data, byte for byte.</summary>
    public JsonElement Data { get; init; }

    /// <summary>The correlation id the client saw.</summary>
    public string? Uuid { get; init; }
}
