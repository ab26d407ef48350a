using System.Text.Json;

namespace Swp.Gateway.Api;

/// <summary>What <see cref="CallResponse"/> writes, for its description.</summary>
internal sealed record CallAnswerBody
{
    /// <summary><c>completed</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The client's own code; <c>"0"</c> for success.</summary>
    public required string Code { get; init; }

    /// <summary>The client's own words.</summary>
    public required string? Msg { get; init; }

    /// <summary>The client's data, byte for byte; null when there is none.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>The correlation id the client saw.</summary>
    public required string Uuid { get; init; }

    /// <summary>From the call to the answer.</summary>
    public required double ElapsedMs { get; init; }
}
