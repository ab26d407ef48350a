using System.Text.Json;

namespace Swp.Samples.Common;

/// <summary>One message of <c>swp.v1</c>.</summary>
public sealed record Frame
{
    public const string Success = "0";

    /// <summary><see cref="Success"/>, or anything else for a failure. Left out means success.</summary>
    public string? Code { get; init; }

    public string? Msg { get; init; }

    public string? SessionType { get; init; }

    /// <summary>The sender's clock, in milliseconds since the Unix epoch.</summary>
    public long SessionTime { get; init; }

    public JsonElement? Data { get; init; }

    /// <summary>Ties an answer to its question.</summary>
    public string? Uuid { get; init; }

    public FrameError? Error { get; init; }

    public bool IsSuccess() => Code is null or Success;
}
