using System.Text.Json;

namespace Swp.Devices;

/// <summary>One message of <c>swp.v1</c>.</summary>
public sealed record Frame
{
    /// <summary>The code of success.</summary>
    public const string Success = "0";

    /// <summary><see cref="Success"/>, or anything else for a failure. Left out means success.</summary>
    public string? Code { get; init; }

    /// <summary>In words.</summary>
    public string? Msg { get; init; }

    /// <summary>What it is: one of <see cref="SessionTypes"/>.</summary>
    public string? SessionType { get; init; }

    /// <summary>The sender's clock, in milliseconds since the Unix epoch.</summary>
    public long SessionTime { get; init; }

    /// <summary>The payload.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Ties an answer to its question.</summary>
    public string? Uuid { get; init; }

    /// <summary>What a program can act on, in a failure of the server's.</summary>
    public FrameError? Error { get; init; }

    /// <summary>Whether it says success.</summary>
    public bool IsSuccess() => Code is null or Success;
}
